import { MIN_FOR_INTERVAL, medianInterval, type MedianInterval } from "./median-interval.js";

/** Rates by the round in which they were measured. */
export type RatesByRound = ReadonlyMap<number, number>;

/**
 * How many times as fast `a` is as `b`: the median, over the rounds that measured both, of their
 * ratio in that round, with its 95 % interval. Trials of one round stand close in time, so what
 * the machine did to both cancels. `undefined` with fewer than five such rounds.
 */
export function ratioByRound(a: RatesByRound, b: RatesByRound): MedianInterval | undefined {
  const ratios: number[] = [];
  for (const [round, rate] of a) {
    const other = b.get(round);
    if (other !== undefined) ratios.push(rate / other);
  }
  return ratios.length < MIN_FOR_INTERVAL ? undefined : medianInterval(ratios);
}

/** Whether an interval of a ratio leaves open which of the two is greater. */
export function isUndecided(ratio: MedianInterval | undefined): boolean {
  return ratio === undefined || (ratio.low <= 1 && ratio.high >= 1);
}
