import type { RunDocument } from "../../run/document.js";
import type { VerdictKind } from "../../../verdict/result.js";
import { DELAYED, unknownInterval, type Measured, type UnsizedCodec } from "./measured.js";

/**
 * What a run of the pipeline says of its one codec. A run counts no CPU-seconds: the time that its
 * workers spent in stages stands for them, which is at least as much. Making facts does not count.
 */
export function fromRun({ run, environment, createdAt }: RunDocument): Measured {
  const { codec, compressor, facts, stages } = run;
  const isGenerated = run.source === "totalhelldeath";
  const busySeconds = stages
    .filter(({ stage }) => stage !== "wait" && !(stage === "source" && isGenerated))
    .reduce((sum, { seconds }) => sum + seconds, 0);
  const perFact = busySeconds / facts;
  const verdict = run.verdict?.kind ?? null;
  const reason = run.delays === undefined ? whyUnsized(perFact, verdict) : DELAYED;
  const unsized: UnsizedCodec[] = reason === undefined ? [] : [{ codec, compressor, reason }];
  return {
    cpuModel: environment.cpuModel,
    architecture: environment.architecture,
    node: environment.node,
    measuredAt: createdAt,
    source: run.source,
    // A run does not count what its facts would take as JSON, unless that is what it made of them.
    jsonBytesPerFact: codec === "json" ? run.encodedBytes / facts : null,
    duplication: null,
    cpuFrom: "worker time",
    codecs:
      reason !== undefined
        ? []
        : [
            {
              codec,
              compressor,
              write: unknownInterval(perFact),
              read: null,
              cost: {
                writeCpuSeconds: perFact,
                readCpuSeconds: null,
                storedBytes: run.storedBytes / facts,
                jsonBytes: codec === "json" ? run.encodedBytes / facts : null,
                workerMemoryBytes: run.peakMemoryBytesPerWorker,
              },
              encodedBytesPerFact: run.encodedBytes / facts,
              verdict,
            },
          ],
    runtimes: [],
    unsized,
    ...(run.schemaUnsure !== undefined && { schemaUnsure: run.schemaUnsure }),
    referenceSeconds: null,
  };
}

function whyUnsized(perFact: number, verdict: VerdictKind | null): string | undefined {
  if (verdict === "source-bound") {
    return "source-bound: making facts was in the way, so its own rate is not known";
  }
  return Number.isFinite(perFact) && perFact > 0 ? undefined : "it wrote no facts";
}
