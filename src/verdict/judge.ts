/**
 * What binds a pipeline: how it is found out.
 *
 * A trial with `--verdict` measures, after its own measurement, what each part can do alone
 * (`trial/ceilings.ts`); a run with it stops all workers every so often, and each does one part alone, with
 * a codec of its own so that the parts of the run keep their bytes. Both give rounds. This file says what
 * they mean, `model.ts` has the formulas, and `what-if.ts` applies them. Counters only corroborate
 * (`corroborate.ts`).
 */
import { sum } from "simple-statistics";
import { MIN_FOR_INTERVAL } from "../stats/median-interval.js";
import type { Evidence, Verdict } from "./result.js";
import { isBusy } from "./corroborate.js";
import { ceilingsByHeight, gather, ratio, type Case, type Round, type Stage } from "./evidence.js";
import { MARGIN } from "./model.js";
import { whatIf } from "./what-if.js";

/** Below this share of its lowest ceiling, a pipeline is in its own way. */
const OWN_WAY = 0.8;
/** A pipeline that is faster than its lowest ceiling by more than this was measured on another machine, as it were. */
const CONTRADICTION = 1.15;
/** A lower end that an interval needs before its median is believed. */
const SURE = 1.03;
/** An interval that reaches further than this says nothing about being equal. */
const TOO_WIDE = 1.25;
/** The share of rounds that may have been disturbed by others. */
const MAX_BUSY = 1 / 3;
/** Something has to take so many ticks of the clock. */
const MIN_TICKS = 100;

/**
 * Says what binds a pipeline: the lowest ceiling, if it is lower than the next by more than 10 % and
 * the rounds agree on it. Where they do not, nothing is forced: the verdict is inconclusive.
 */
export function judge(given: Case): Verdict {
  const clean = given.rounds.filter((round) => !isBusy(round.counters));
  const busy = given.rounds.length - clean.length;
  const rounds = clean.length >= MIN_FOR_INTERVAL ? clean : given.rounds;
  const evidence = gather(given, rounds, given.rounds.length - rounds.length);
  const caveats = [...given.caveats, ...caveatsOf(evidence, busy)];
  const inconclusive = (why: Extract<Verdict, { kind: "inconclusive" }>["why"], detail: string) =>
    ({ kind: "inconclusive", why, detail, evidence, whatIf: null, caveats }) as const;

  if (given.rounds.length < MIN_FOR_INTERVAL) {
    const detail = `it takes ${MIN_FOR_INTERVAL} rounds of measuring, and there were ${given.rounds.length}`;
    return inconclusive("too-few-rounds", detail);
  }
  if (given.shortestSeconds < given.clockSeconds * MIN_TICKS) {
    return inconclusive(
      "coarse-clock",
      `something took ${microseconds(given.shortestSeconds)}, and the clock ticks every ${microseconds(given.clockSeconds)}`,
    );
  }
  if (busy > given.rounds.length * MAX_BUSY) {
    const detail = `the machine was busy: in ${busy} of ${given.rounds.length} rounds the processor was taken away`;
    return inconclusive("busy", detail);
  }
  const order = ceilingsByHeight(rounds);
  const [lowest, next] = order;
  if (lowest === undefined) throw new Error("a pipeline has at least a codec");
  const speed = ratio(rounds, "pipeline", lowest);
  if (speed.low > CONTRADICTION) {
    return inconclusive(
      "contradiction",
      `the pipeline was ${speed.median.toFixed(2)} × as fast as its ${lowest} alone: the machine changed between the two`,
    );
  }
  const margin = next === undefined ? undefined : ratio(rounds, next, lowest);
  const complete = { evidence, whatIf: whatIf(evidence), caveats };
  if (margin === undefined || (margin.median > MARGIN && margin.low > SURE)) {
    return bound(lowest, rounds, complete);
  }
  if (margin.median <= MARGIN && margin.high < TOO_WIDE) {
    return { kind: "balanced", between: [lowest, next ?? lowest], ...complete };
  }
  return inconclusive(
    "noisy",
    `the rounds do not agree: ${next} is between ${margin.low.toFixed(2)} and ${margin.high.toFixed(2)} × as fast as ${lowest}`,
  );
}

type Complete = Pick<Verdict, "evidence" | "whatIf" | "caveats">;

function bound(stage: Stage, rounds: readonly Round[], complete: Complete): Verdict {
  const { evidence } = complete;
  switch (stage) {
    case "source":
      return { kind: "source-bound", ...complete };
    case "codec":
      return { kind: "codec-bound", shares: sharesOf(evidence, rounds), ...complete };
    case "write": {
      const latency = evidence.sinkLatency;
      const bytesPerSecond = (evidence.write?.median ?? 0) * evidence.storedBytesPerFact;
      // More than half of the sink's time has nothing to do with how much is written.
      return latency !== null && latency.secondsPerBatch > batchSeconds(evidence) / 2
        ? { kind: "sink-latency-bound", secondsPerBatch: latency.secondsPerBatch, ...complete }
        : { kind: "sink-bandwidth-bound", bytesPerSecond, ...complete };
    }
  }
}

/** What a batch takes in one worker's sink. */
function batchSeconds({ write, sinkLatency: latency, workers }: Evidence): number {
  return write === null || latency === null
    ? Infinity
    : (latency.factsPerBatch * workers) / write.median;
}

/** Shares of the pipeline's time that encoding, compressing and collecting garbage take. */
function sharesOf({ encode, codec, pipeline }: Evidence, rounds: readonly Round[]) {
  const whole = pipeline?.median ?? NaN;
  const all = codec === null ? null : whole / codec.median;
  const encoding = encode === null ? all : Math.min(all ?? 0, whole / encode.median);
  const collected = rounds.map(({ counters }) => counters.garbageCollectionSeconds);
  const seconds = rounds.map(({ counters }) => counters.wallSeconds * counters.processes);
  return {
    encode: encoding,
    compress: encode === null || all === null ? null : Math.max(0, all - (encoding ?? 0)),
    garbageCollection: sum(seconds) > 0 ? sum(collected) / sum(seconds) : null,
  };
}

function caveatsOf(
  { pipelineOverLowest, overlap, roundsLeftOut }: Evidence,
  busy: number,
): string[] {
  const speed = pipelineOverLowest?.median ?? 1;
  const hidden =
    overlap === null ? "" : ` (${Math.round(overlap * 100)} % of the lesser ones is hidden)`;
  const slow = `the pipeline reaches ${Math.round(speed * 100)} % of its lowest ceiling: its stages take turns${hidden}`;
  const among = roundsLeftOut > 0 ? "were left out" : "are among the others, for there are so few";
  return [
    ...(speed < OWN_WAY ? [slow] : []),
    ...(busy > 0 ? [`${busy} rounds in which the machine was busy ${among}`] : []),
  ];
}

function microseconds(seconds: number): string {
  return `${(seconds * 1e6).toPrecision(2)} µs`;
}
