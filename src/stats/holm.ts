/**
 * Which of several hypotheses are rejected when the chance of rejecting any true one is to stay
 * under `level`: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian
 * Journal of Statistics 6 (1979).
 *
 * @param pValues of those that are still open
 * @param family how many hypotheses there are in all that were not rejected before
 */
export function holm(
  pValues: readonly number[],
  level: number,
  family = pValues.length,
): boolean[] {
  const rejected = pValues.map(() => false);
  const order = [...pValues.keys()].toSorted(
    (a, b) => (pValues[a] as number) - (pValues[b] as number),
  );
  for (const [rank, index] of order.entries()) {
    if ((pValues[index] as number) > level / (family - rank)) break;
    rejected[index] = true;
  }
  return rejected;
}
