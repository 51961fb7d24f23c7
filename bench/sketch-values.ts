/** Values of five distributions, the same each time, and what is true of them. */
import { seededUniform } from "../src/stats/random.js";

/** Fill an array with values. */
export const DISTRIBUTIONS: Readonly<Record<string, (values: Float64Array) => void>> = {
  "all different": (values) => {
    for (let index = 0; index < values.length; index++) values[index] = index * 7;
  },
  "few frequent": fill((random) => Math.floor(random() ** -1.25)),
  "log-normal": fill((random) => Math.round(Math.exp(normal(random) * 2) * 1e6) / 1e6),
  "both signs": fill((random) => Math.round(normal(random) * 5e5) / 100),
  uniform: fill((random) => Math.floor(random() * 1e5)),
};

function fill(draw: (random: () => number) => number): (values: Float64Array) => void {
  return (values) => {
    const random = seededUniform(values.length);
    for (let index = 0; index < values.length; index++) values[index] = draw(random);
  };
}

/** Box and Muller, 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random() + 2 ** -40)) * Math.cos(2 * Math.PI * random());
}

export interface Truth {
  readonly distinct: number;
  /** All values in order. */
  readonly sorted: Float64Array;
  /** Those that came more often than the next one behind them, and often enough to be promised. */
  readonly frequent: readonly number[];
}

/**
 * What is true of values.
 *
 * @param most of the frequent ones
 * @param least how often a value has to come so that it has to be found
 */
export function truthOf(values: Float64Array, most: number, least: number): Truth {
  const sorted = values.toSorted();
  let distinct = 0;
  let tops: { value: number; count: number }[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    distinct += 1;
    const last = tops.length > most ? (tops.at(-1)?.count ?? 0) : 0;
    if (end - start <= last) continue;
    const value = sorted[start] ?? NaN;
    tops = [...tops, { value, count: end - start }]
      .toSorted((a, b) => b.count - a.count)
      .slice(0, most + 1);
  }
  const behind = Math.max(least, tops[most]?.count ?? 0);
  const frequent = tops.slice(0, most).filter(({ count }) => count > behind);
  return { distinct, sorted, frequent: frequent.map(({ value }) => value) };
}

/**
 * How far a quantile is off, as a part of the true value. Between two values either is true, and so is all that
 * lies between them: definitions of quantiles differ there.
 */
export function quantileError(sorted: Float64Array, share: number, found = NaN): number {
  const rank = share * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? NaN;
  const high = sorted[Math.ceil(rank)] ?? NaN;
  if (found >= low && found <= high) return 0;
  const nearest = found < low ? low : high;
  return Math.abs((found - nearest) / nearest);
}
