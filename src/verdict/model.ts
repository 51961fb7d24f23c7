/**
 * How fast a pipeline goes, from what its parts can do alone: the roofline model (Williams, Waterman
 * and Patterson 2009, "Roofline: an insightful visual performance model"), with an overlap between
 * stages that do all of their work at once and stages that take turns.
 */

/** A ceiling has to be lower than the next one by more than this to be what binds. */
export const MARGIN = 1.1;

/** Seconds that a fact takes in each stage that it passes. */
export type StageTimes = readonly number[];

/** Facts per second of stages of which a share `overlap` of the lesser ones is hidden. */
export function predictedRate(times: StageTimes, overlap: number): number {
  const slowest = Math.max(...times);
  return 1 / (slowest + (1 - overlap) * (sum(times) - slowest));
}

/**
 * The overlap ω in 1/X = max t + (1 − ω)(Σt − max t), from 0 to 1; `null` where the lesser stages
 * take so little that nothing can be told.
 */
export function overlapOf(factsPerSecond: number, times: StageTimes): number | null {
  const slowest = Math.max(...times);
  const lesser = sum(times) - slowest;
  if (lesser < MIN_LESSER_SHARE * slowest) return null;
  return Math.min(1, Math.max(0, (sum(times) - 1 / factsPerSecond) / lesser));
}
const MIN_LESSER_SHARE = 0.05;

/** A way to store facts: what it can do alone, and what it stores. */
export interface Maker {
  /** Facts per second that it makes, if nothing holds it up. */
  readonly factsPerSecond: number;
  readonly storedBytesPerFact: number;
}

/** B* = b·C: the bandwidth at which the sink takes just what is made. */
export function crossover({ factsPerSecond, storedBytesPerFact }: Maker): number {
  return factsPerSecond * storedBytesPerFact;
}

/** What binds before a sink of a bandwidth; within the margin of its crossover, both do. */
export function bindsAt(maker: Maker, bytesPerSecond: number): "codec" | "write" | "balanced" {
  const ratio = bytesPerSecond / crossover(maker);
  if (ratio > MARGIN) return "codec";
  return ratio < 1 / MARGIN ? "write" : "balanced";
}

/** Facts per second into a sink of a bandwidth. */
export function rateAt(maker: Maker, bytesPerSecond: number, overlap: number): number {
  const times = [1 / maker.factsPerSecond, maker.storedBytesPerFact / bytesPerSecond];
  return predictedRate(times, overlap);
}

/**
 * The bandwidth below which the `smaller` one gives more facts per second than the `larger` one:
 * infinite if it always does, 0 if it never does.
 *
 * With full overlap, min(C₂, B/b₂) > min(C₁, B/b₁) exactly below B = b₁·C₂, if C₂ < C₁. Where
 * stages take turns, 1/C₂ + b₂/B < 1/C₁ + b₁/B exactly below B = (b₁ − b₂) / (1/C₂ − 1/C₁). Between
 * them the two rates cross once, and where is searched for.
 */
export function breakEven(larger: Maker, smaller: Maker, overlap: number): number {
  if (smaller.storedBytesPerFact >= larger.storedBytesPerFact) return 0;
  if (smaller.factsPerSecond >= larger.factsPerSecond) return Infinity;
  const gain = (bandwidth: number) =>
    rateAt(smaller, bandwidth, overlap) - rateAt(larger, bandwidth, overlap);
  let low = smaller.storedBytesPerFact * smaller.factsPerSecond * 1e-6;
  let high = larger.storedBytesPerFact * larger.factsPerSecond * 1e6;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = Math.sqrt(low * high);
    if (gain(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
const BISECTIONS = 60;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
