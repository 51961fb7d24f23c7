import type { Verdict } from "../verdict/result.js";

/** What a measurement is told that was held up by making facts. */
export const GENERATOR_BOUND: Verdict = {
  kind: "source-bound",
  evidence: {
    rounds: 5,
    toDisk: true,
    oneReader: false,
    roundsLeftOut: 0,
    workers: 1,
    source: null,
    encode: null,
    codec: null,
    write: null,
    pipeline: null,
    margin: null,
    pipelineOverLowest: null,
    overlap: null,
    storedBytesPerFact: 10_000,
    sinkLatency: null,
    corroboration: [],
    notOffered: [],
  },
  whatIf: null,
  caveats: [],
};
