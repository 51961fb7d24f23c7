import { medianSorted } from "simple-statistics";

/** A median and the interval that covers the true one 95 times in 100. */
export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const CONFIDENCE = 0.95;

/** Fewest values from which an interval can be told at all. */
export const MIN_FOR_INTERVAL = 5;

/**
 * Five values reach from one side of the median to the other with probability 1 − 2/2⁵ = 93.75 %,
 * whatever their distribution. Widened by this share of its length, on a scale of logarithms, at
 * either end, their range covers 95 % for all the distributions in the test beside this file.
 */
const WIDENING_OF_FIVE = 0.05;

/**
 * Between ranks, an interval of seven, eight, or ten values lies where ranks cover 98 or 99 %. From this share on it
 * is drawn in, to where it covers so much by a rule that is nearly right: the rest makes up for that.
 */
const DRAWN_IN_FROM = 0.97;
const DRAWN_IN_TO = 0.96;

/**
 * The median of positive values, such as rates, with its 95 % confidence interval.
 *
 * The interval lies between two order statistics whose ranks come from the binomial distribution
 * with probability ½: the sign test turned round (Conover, "Practical Nonparametric Statistics",
 * 3rd edition, section 3.2). It assumes nothing about how the values are distributed, so it holds
 * on machines that run at two speeds, as shared ones do. Where ranks cover much more, it lies between two of them,
 * on a scale of logarithms (Hettmansperger and Sheather, "Confidence intervals based on interpolated order
 * statistics", Statistics & Probability Letters 4, 1986). With fewer than five values it is from
 * 0 to infinity: nothing is known.
 *
 * @param values positive; at least one
 */
export function medianInterval(values: readonly number[]): MedianInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const median = medianSorted(sorted);
  const { rank, inward } = ranksFor(sorted.length);
  if (rank > 0) {
    const low = between(sorted[rank - 1], sorted[rank], inward);
    const high = between(sorted.at(-rank), sorted.at(-rank - 1), inward);
    return { median, low, high };
  }
  if (sorted.length < MIN_FOR_INTERVAL) return { median, low: 0, high: Infinity };
  const smallest = sorted[0] as number;
  const largest = sorted.at(-1) as number;
  const factor = (largest / smallest) ** WIDENING_OF_FIVE;
  return { median, low: smallest / factor, high: largest * factor };
}

/** From a value on towards its neighbour, by a share of the way. */
function between(value = NaN, neighbour = NaN, share: number): number {
  return share === 0 ? value : value ** (1 - share) * neighbour ** share;
}

/**
 * The greatest rank r for which the interval from the r-th smallest to the r-th largest of n values
 * covers the median with 95 % confidence, 0 if even the whole range does not; and what share of the way to the next rank
 * it goes inward.
 */
function ranksFor(n: number): { readonly rank: number; readonly inward: number } {
  let term = 0.5 ** n; // P(X = k) for k = 0
  let tail = term; // P(X ≤ k)
  let rank = 0;
  let covered = 1;
  while (rank < n / 2 && 1 - 2 * tail >= CONFIDENCE) {
    covered = 1 - 2 * tail;
    rank += 1;
    term *= (n - rank + 1) / rank;
    tail += term;
  }
  if (rank === 0 || covered < DRAWN_IN_FROM) return { rank, inward: 0 };
  const share = (covered - DRAWN_IN_TO) / (covered - (1 - 2 * tail));
  return { rank, inward: ((n - rank) * share) / (rank + (n - 2 * rank) * share) };
}
