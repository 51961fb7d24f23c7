/** A stretch of a series that keeps its level. */
export interface Level {
  readonly from: number;
  /** One past its last value. */
  readonly to: number;
  readonly mean: number;
}

/**
 * Cuts a series where its level changes: the cuts that minimise the squared distances from the
 * segments' means plus `penalty` for each segment, found exactly by dynamic programming (Jackson
 * et al., "An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing
 * Letters 12, 2005), with PELT's pruning (Killick, Fearnhead, Eckley, "Optimal detection of
 * changepoints with a linear computational cost", JASA 107, 2012).
 *
 * @param shortest fewest values of a segment
 */
export function levelShifts(values: readonly number[], penalty: number, shortest: number): Level[] {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    sums[i + 1] = (sums[i] as number) + value;
    squares[i + 1] = (squares[i] as number) + value * value;
  }
  const mean = (from: number, to: number) =>
    ((sums[to] as number) - (sums[from] as number)) / (to - from);
  const cost = (from: number, to: number) =>
    (squares[to] as number) - (squares[from] as number) - (to - from) * mean(from, to) ** 2;

  const best = new Float64Array(n + 1).fill(Infinity);
  const previous = new Int32Array(n + 1);
  best[0] = -penalty;
  let candidates: number[] = [0];
  for (let to = shortest; to <= n; to++) {
    for (const from of candidates) {
      if (to - from < shortest) continue;
      const total = (best[from] as number) + cost(from, to) + penalty;
      if (total < (best[to] as number)) {
        best[to] = total;
        previous[to] = from;
      }
    }
    // What cannot be part of the best now never can be again.
    candidates = candidates.filter(
      (from) =>
        to - from < shortest || (best[from] as number) + cost(from, to) <= (best[to] as number),
    );
    candidates.push(to);
  }
  const found: Level[] = [];
  for (let to = n; to > 0 && Number.isFinite(best[to]);) {
    const from = previous[to] as number;
    found.unshift({ from, to, mean: mean(from, to) });
    to = from;
  }
  return found.length > 0 || n === 0 ? found : [{ from: 0, to: n, mean: mean(0, n) }];
}
