/** Where a series changed its level, if it did. */
export interface ChangePoint {
  /** How many values stand before the most likely change. */
  readonly at: number;
  /** Approximate probability of a change this clear in a series that has none. */
  readonly pValue: number;
}

/**
 * Pettitt's test for one change of level in a series, by ranks: "A non-parametric approach to the
 * change-point problem", Applied Statistics 28 (1979). Outliers count for no more than their rank.
 *
 * @param values in order of time; at least two
 */
export function changePoint(values: readonly number[]): ChangePoint {
  const n = values.length;
  let statistic = 0;
  let strongest = 0;
  let at = 0;
  for (let t = 0; t < n - 1; t++) {
    // U(t) = U(t−1) + Σ sign(x(t) − x(j)) over all j
    for (const other of values) statistic += Math.sign((values[t] as number) - other);
    if (Math.abs(statistic) > strongest) {
      strongest = Math.abs(statistic);
      at = t + 1;
    }
  }
  return { at, pValue: Math.min(1, 2 * Math.exp((-6 * strongest ** 2) / (n ** 3 + n ** 2))) };
}
