import type { Evidence, WhatIf } from "./result.js";
import { breakEven, crossover, MARGIN, predictedRate, type Maker } from "./model.js";

/** What the same pipeline would do on other hardware; `null` without a codec's ceiling. */
export function whatIf(evidence: Evidence): WhatIf | null {
  const { codec, write, storedBytesPerFact } = evidence;
  if (codec === null) return null;
  const lowestMade = Math.min(codec.median, evidence.source?.median ?? Infinity);
  return {
    headroom:
      write === null
        ? null
        : Math.max(write.median, lowestMade) / Math.min(write.median, lowestMade),
    crossoverBytesPerSecond: crossover({
      factsPerSecond: withWriting(evidence, lowestMade),
      storedBytesPerFact,
    }),
    twiceTheCores: onOther(evidence, 2, 1),
    halfTheDisk: write === null ? null : onOther(evidence, 1, 0.5),
    paysBelow: [],
  };
}

/**
 * The rate, and what binds, with so many times the cores (and workers on them), and so many times the
 * bandwidth of the sink. One reader stays one; what a batch waits in one worker passes in the others.
 */
function onOther(evidence: Evidence, cores: number, disk: number) {
  const { source, codec, write, overlap, oneReader } = evidence;
  const fixed = Math.min(1, waitingShare(evidence) + cpuShare(evidence));
  const ceilings = [
    ...(source === null ? [] : [{ name: "source", rate: source.median * (oneReader ? 1 : cores) }]),
    ...(codec === null ? [] : [{ name: "codec", rate: codec.median * cores }]),
    ...(write === null
      ? []
      : [
          {
            name: "write",
            // What the processor does of it, and what a batch waits, no other disk takes away.
            rate: write.median / (fixed / cores + (1 - fixed) / disk),
          },
        ]),
  ].toSorted((a, b) => a.rate - b.rate);
  const [lowest, next] = ceilings;
  const isClose = next !== undefined && next.rate <= (lowest?.rate ?? 0) * MARGIN;
  return {
    factsPerSecond: predictedRate(
      ceilings.map(({ rate }) => 1 / rate),
      overlap ?? 1,
    ),
    binds: isClose ? "balanced" : (lowest?.name ?? "codec"),
  };
}

/**
 * Facts per second of a pipeline whose device never holds it up by its bandwidth: the processor's part of
 * writing takes turns with making facts, on any disk, and so does what each batch waits until it is told that
 * it is on the disk.
 */
export function withWriting(evidence: Evidence, madePerSecond: number): number {
  const { writeCpuSecondsPerFact, workers } = evidence;
  const seconds = (writeCpuSecondsPerFact ?? 0) + waitingSeconds(evidence);
  return 1 / (1 / madePerSecond + seconds / workers);
}

/** What a fact waits with its batch; where a file is synced only as it closes, its batches wait for nothing. */
function waitingSeconds({ sinkLatency, diskOverlap = 1 }: Evidence): number {
  if (sinkLatency === null || diskOverlap < 1) return 0;
  return sinkLatency.secondsPerBatch / sinkLatency.factsPerBatch;
}

/** The share of the sink's time that is the processor's. */
function cpuShare({ write, writeCpuSecondsPerFact, workers }: Evidence): number {
  if (write === null || writeCpuSecondsPerFact == null) return 0;
  return Math.min(1, (writeCpuSecondsPerFact / workers) * write.median);
}

/** The share of the sink's time that every batch waits, whatever its size. */
function waitingShare({ write, sinkLatency, workers }: Evidence): number {
  if (write === null || sinkLatency === null) return 0;
  const batchSeconds = (sinkLatency.factsPerBatch * workers) / write.median;
  return Math.min(1, sinkLatency.secondsPerBatch / batchSeconds);
}

/** A pipeline whose ceilings are known, by its names. */
export interface Alternative {
  readonly codec: string;
  readonly compressor: string;
  readonly evidence: Evidence;
}

/** The sink bandwidths below which alternatives that store less give more facts than `own`. */
export function paysBelow(own: Evidence, others: readonly Alternative[]): WhatIf["paysBelow"] {
  const larger = makerOf(own);
  // Where the processor's part is known, the rest of another disk's time passes meanwhile.
  const overlap =
    own.writeCpuSecondsPerFact == null
      ? (own.overlap ?? usualOverlap(others.map(({ evidence }) => evidence)))
      : (own.diskOverlap ?? 1);
  if (larger === undefined) return [];
  return others.flatMap(({ codec, compressor, evidence }) => {
    const smaller = makerOf(evidence);
    if (smaller === undefined) return [];
    const bytesPerSecond = breakEven(larger, smaller, overlap);
    return bytesPerSecond > 0 && Number.isFinite(bytesPerSecond)
      ? [{ codec, compressor, bytesPerSecond }]
      : [];
  });
}

/**
 * What the overlap of a pipeline is taken to be where its own cannot be told: the median of others on the
 * same sink, or else all at once.
 */
export function usualOverlap(others: readonly Evidence[]): number {
  return middle(others.map(({ overlap }) => overlap)) ?? 1;
}

function makerOf(evidence: Evidence): Maker | undefined {
  const { codec, storedBytesPerFact } = evidence;
  if (codec === null) return undefined;
  return { factsPerSecond: withWriting(evidence, codec.median), storedBytesPerFact };
}

/** The median of what is known, or `null`. */
export function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}
