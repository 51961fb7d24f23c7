import { median as middleOf } from "simple-statistics";
import { medianInterval, type MedianInterval } from "../stats/median-interval.js";
import { storedInterval } from "../results/schema.js";
import type { Evidence } from "./result.js";
import { corroborate, type KernelCounters } from "./corroborate.js";
import { WIDE } from "../core/sink.js";
import { overlapOf } from "./model.js";
import { sinkLatency } from "./sink-latency.js";

/** What one round, or one trial, measured of a pipeline: facts per second. */
export interface Round {
  /** The source alone; `null` where it is no part of the pipeline or cannot be asked again. */
  readonly source: number | null;
  /** Encode and frame alone; `null` where nothing compresses. */
  readonly encode: number | null;
  /** Encode, frame and compress. */
  readonly codec: number;
  /** The sink alone; `null` where nothing is written. */
  readonly write: number | null;
  /** The sink alone, four batches at a time. */
  readonly wideWrite: number | null;
  /** Processor seconds of a fact in writing, where they were counted. */
  readonly writeCpuSecondsPerFact?: number | null;
  /** All of it together. */
  readonly pipeline: number;
  /** What the kernel counted meanwhile. */
  readonly counters: KernelCounters;
}

/** A pipeline that is to be judged. */
export interface Case {
  readonly rounds: readonly Round[];
  readonly workers: number;
  readonly storedBytesPerFact: number;
  readonly factsPerBatch: number;
  /** Whether bytes go to a file, and not only through something that holds them back. */
  readonly toDisk: boolean;
  /** Whether facts come from one reader, however many workers there are. */
  readonly oneReader: boolean;
  /** Whether a file goes to the disk only as it closes: its worker makes nothing meanwhile. */
  readonly syncsAtClose: boolean;
  /** The shortest time that the clock tells apart, and that anything took that was measured. */
  readonly clockSeconds: number;
  readonly shortestSeconds: number;
  /** Rules that were broken before it came to judging. */
  readonly caveats: readonly string[];
}

/** A part of a pipeline that has a ceiling of its own. */
export type Stage = "source" | "codec" | "write";
const STAGES: readonly Stage[] = ["source", "codec", "write"];

/** Puts together what some rounds say. @param leftOut rounds that are not among them */
export function gather(given: Case, rounds: readonly Round[], leftOut: number): Evidence {
  const { workers, storedBytesPerFact, factsPerBatch, toDisk, oneReader, syncsAtClose } = given;
  const over = (value: (round: Round) => number | null) => {
    const values = rounds.map(value).filter((rate) => rate !== null);
    return values.length === 0 || values.length < rounds.length
      ? null
      : storedInterval(medianInterval(values));
  };
  const source = over((round) => round.source);
  const codec = over((round) => round.codec);
  const write = over((round) => round.write);
  const wideWrite = over((round) => round.wideWrite);
  const pipeline = over((round) => round.pipeline);
  const [lowest, next] = rounds.length === 0 ? [] : ceilingsByHeight(rounds);
  const seconds = (rate: number) => (factsPerBatch * workers) / rate;
  const times = [source, codec, write]
    .filter((found) => found !== null)
    .map(({ median }) => 1 / median);
  return {
    rounds: rounds.length,
    roundsLeftOut: leftOut,
    ...{ workers, toDisk, oneReader },
    diskOverlap: syncsAtClose ? 1 - 1 / workers : 1,
    source,
    encode: over((round) => round.encode),
    codec,
    write,
    pipeline,
    margin:
      lowest === undefined || next === undefined
        ? null
        : storedInterval(ratio(rounds, next, lowest)),
    pipelineOverLowest:
      lowest === undefined ? null : storedInterval(ratio(rounds, "pipeline", lowest)),
    overlap: pipeline === null ? null : overlapOf(pipeline.median, times),
    storedBytesPerFact,
    writeCpuSecondsPerFact: medianOf(rounds.map((round) => round.writeCpuSecondsPerFact ?? null)),
    sinkLatency:
      write === null || wideWrite === null
        ? null
        : {
            ...sinkLatency(
              seconds(write.median),
              seconds(wideWrite.median) * WIDE,
              factsPerBatch * storedBytesPerFact,
            ),
            factsPerBatch,
          },
    ...corroborate(
      rounds.map(({ counters }) => counters),
      given,
      lowest,
    ),
  };
}

/** The stages that have a ceiling, the lowest first. */
export function ceilingsByHeight(rounds: readonly Round[]): Stage[] {
  return STAGES.filter((stage) => rounds.every((round) => round[stage] !== null)).toSorted(
    (a, b) => ratio(rounds, a, b).median - 1,
  );
}

/** How many times as fast `a` is as `b`, round by round. */
export function ratio(rounds: readonly Round[], a: Stage | "pipeline", b: Stage): MedianInterval {
  return medianInterval(rounds.map((round) => (round[a] ?? NaN) / (round[b] ?? NaN)));
}

/** The median, where all are known. */
function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : middleOf(known);
}
