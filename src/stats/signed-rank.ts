/**
 * Wilcoxon's signed-rank test ("Individual Comparisons by Ranking Methods", Biometrics Bulletin 1,
 * 1945): a sign-flip permutation test on ranks. When two variants do not differ, the random order of a
 * pair makes both signs of its value equally likely, so the probabilities below are exact whatever
 * the noise is like. Ranks keep one wild pair from outweighing all others.
 */

const chances = new Map<number, readonly number[]>();

/** P(W ≤ w) for w from 0 to n(n+1)/2, where W is the sum of those of 1 … n that a fair coin picks. */
function cumulative(n: number): readonly number[] {
  const known = chances.get(n);
  if (known !== undefined) return known;
  let exact = [1];
  for (let rank = 1; rank <= n; rank++) {
    const next = Array.from({ length: exact.length + rank }, () => 0);
    for (const [sum, chance] of exact.entries()) {
      next[sum] = (next[sum] as number) + chance / 2;
      next[sum + rank] = (next[sum + rank] as number) + chance / 2;
    }
    exact = next;
  }
  let total = 0;
  const made = exact.map((chance) => (total += chance));
  chances.set(n, made);
  return made;
}

/**
 * The probability of values that lie so far above `bound` where their median does not: one-sided.
 * 1 for no values. Values equal to the bound count as below it.
 */
export function chanceAbove(values: readonly number[], bound: number): number {
  const order = values.map((value) => value - bound).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  let notAbove = 0;
  for (const [index, distance] of order.entries()) if (distance <= 0) notAbove += index + 1;
  // W is as likely to be so much under its greatest value as to be so much above 0.
  return cumulative(values.length)[notAbove] as number;
}

/** As `chanceAbove`, for values that lie below the bound. */
export function chanceBelow(values: readonly number[], bound: number): number {
  return chanceAbove(
    values.map((value) => -value),
    -bound,
  );
}

export interface Location {
  /** The median of all means of two values. */
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Where values lie, and the interval that holds the truth with `confidence`: the estimate of Hodges
 * and Lehmann (Annals of Mathematical Statistics 34, 1963), and the bounds that the test above does
 * not reject (Tukey; Hollander, Wolfe and Chicken, "Nonparametric Statistical Methods", 3.3). With too few
 * values the interval reaches from −Infinity to Infinity.
 *
 * @param values at least one
 */
export function location(values: readonly number[], confidence = 0.95): Location {
  const means = new Float64Array((values.length * (values.length + 1)) / 2);
  let count = 0;
  for (const [index, a] of values.entries()) {
    for (let other = index; other < values.length; other++) {
      means[count++] = (a + (values[other] as number)) / 2;
    }
  }
  means.sort();
  const half = means.length / 2;
  const at = (index: number) => means[index] as number;
  const middle = (at(Math.ceil(half) - 1) + at(Math.floor(half))) / 2;
  const tails = cumulative(values.length);
  const outside = tails.findIndex((tail) => tail > (1 - confidence) / 2);
  return outside === 0
    ? { middle, low: -Infinity, high: Infinity }
    : { middle, low: at(outside - 1), high: at(means.length - outside) };
}
