import { median } from "simple-statistics";
import { seededUniform, shuffled, type Uniform } from "./random.js";

/** No change is told of that fewer values than this stand behind, on either side. */
export const MIN_SEGMENT = 3;
const LEVEL = 0.05;
const SHUFFLES = 999;

/** A stretch of a series that keeps its level. */
export interface Segment {
  /** Place of its first value, and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly median: number;
}

/**
 * A series cut where its level changed: binary segmentation (Scott and Knott, Biometrics 30, 1974). The
 * likeliest cut of a stretch is the one at which the mean ranks of both sides lie furthest apart for
 * their lengths, so that two wild values with a neighbour are no level of three; it is kept if fewer
 * than 5 in 100 random orders of the same values have one as clear (the permutation test of Matteson
 * and James, JASA 109, 2014).
 */
export function segments(values: readonly number[], seed = 1): Segment[] {
  return cut(values, 0, seededUniform(seed));
}

function cut(values: readonly number[], offset: number, uniform: Uniform): Segment[] {
  const whole = [{ from: offset, to: offset + values.length, median: median([...values]) }];
  const ranks = ranksOf(values);
  const best = clearestCut(ranks);
  if (best === undefined) return whole;
  let asClear = 1;
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    const other = clearestCut(shuffled(ranks, uniform));
    if ((other?.clarity ?? 0) >= best.clarity * (1 - 1e-12)) asClear += 1;
  }
  if (asClear / (SHUFFLES + 1) > LEVEL) return whole;
  return [
    ...cut(values.slice(0, best.at), offset, uniform),
    ...cut(values.slice(best.at), offset + best.at, uniform),
  ];
}

function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  // Equal values share the middle of their ranks.
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function clearestCut(values: readonly number[]): { at: number; clarity: number } | undefined {
  const n = values.length;
  const total = values.reduce((sum, value) => sum + value, 0);
  let best: { at: number; clarity: number } | undefined;
  let before = 0;
  for (let at = 1; at <= n - MIN_SEGMENT; at++) {
    before += values[at - 1] as number;
    if (at < MIN_SEGMENT) continue;
    const apart = before / at - (total - before) / (n - at);
    const clarity = Math.abs(apart) * Math.sqrt((at * (n - at)) / n);
    if (best === undefined || clarity > best.clarity) best = { at, clarity };
  }
  return best;
}
