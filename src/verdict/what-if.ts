import type { Evidence, WhatIf } from "./result.js";
import { breakEven, crossover, MARGIN, predictedRate, type Maker } from "./model.js";

/** What the same pipeline would do on other hardware; `null` without a codec's ceiling. */
export function whatIf(evidence: Evidence): WhatIf | null {
  const { codec, sink, storedBytesPerFact } = evidence;
  if (codec === null) return null;
  const lowestMade = Math.min(codec.median, evidence.generator?.median ?? Infinity);
  return {
    headroom:
      sink === null ? null : Math.max(sink.median, lowestMade) / Math.min(sink.median, lowestMade),
    crossoverBytesPerSecond: crossover({ factsPerSecond: lowestMade, storedBytesPerFact }),
    twiceTheCores: onOther(evidence, 2, 1),
    halfTheDisk: sink === null ? null : onOther(evidence, 1, 0.5),
    paysBelow: [],
  };
}

/**
 * The rate, and what binds, with so many times the cores (and workers on them), and so many times the
 * bandwidth of the sink. One reader stays one; what a batch waits in one worker passes in the others.
 */
function onOther(evidence: Evidence, cores: number, disk: number) {
  const { generator, codec, sink, overlap, oneReader } = evidence;
  const waiting = waitingShare(evidence);
  const ceilings = [
    ...(generator === null
      ? []
      : [{ name: "generator", rate: generator.median * (oneReader ? 1 : cores) }]),
    ...(codec === null ? [] : [{ name: "codec", rate: codec.median * cores }]),
    ...(sink === null
      ? []
      : [{ name: "sink", rate: sink.median / (waiting / cores + (1 - waiting) / disk) }]),
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

/** The share of the sink's time that every batch waits, whatever its size. */
function waitingShare({ sink, sinkLatency, workers }: Evidence): number {
  if (sink === null || sinkLatency === null) return 0;
  const batchSeconds = (sinkLatency.factsPerBatch * workers) / sink.median;
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
  const overlap = own.overlap ?? usualOverlap(others.map(({ evidence }) => evidence));
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

function makerOf({ codec, storedBytesPerFact }: Evidence): Maker | undefined {
  return codec === null ? undefined : { factsPerSecond: codec.median, storedBytesPerFact };
}

/** The median of what is known, or `null`. */
export function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}
