/** What a process costs from its start on, by the number of facts it does. Seconds of processor time. */
export interface CostCurve {
  /** Before the first fact. */
  readonly startSeconds: number;
  /** Cumulated from the first fact; both rise. */
  readonly points: readonly (readonly [facts: number, seconds: number])[];
  /** What a fact costs after the last point. */
  readonly steadySecondsPerFact: number;
}

/** What a process costs that does `facts` facts and ends, its start included. */
export function costOf(curve: CostCurve, facts: number): number {
  const { startSeconds, points, steadySecondsPerFact } = curve;
  let [beforeFacts, beforeSeconds] = [0, 0];
  for (const [atFacts, atSeconds] of points) {
    if (atFacts >= facts) {
      const share = (facts - beforeFacts) / (atFacts - beforeFacts);
      return startSeconds + beforeSeconds + share * (atSeconds - beforeSeconds);
    }
    [beforeFacts, beforeSeconds] = [atFacts, atSeconds];
  }
  return startSeconds + beforeSeconds + (facts - beforeFacts) * steadySecondsPerFact;
}

/**
 * The share of its processor time that a worker loses by being started anew every `facts` facts,
 * against one that runs for ever in its steady state.
 */
export function recycleLoss(curve: CostCurve, facts: number): number {
  return 1 - (facts * curve.steadySecondsPerFact) / costOf(curve, facts);
}

const MAX_FACTS = 1e9;
const STEP = 1.02;

/**
 * The number of facts from which on `a` has cost less than `b`, if it begins more expensive: the last
 * crossing of the two curves. `undefined` where there is none up to a billion facts.
 */
export function crossover(a: CostCurve, b: CostCurve): number | undefined {
  const lead = (facts: number) => costOf(a, facts) - costOf(b, facts);
  let crossing: [number, number] | undefined;
  let before = 0;
  for (let facts = 1; facts <= MAX_FACTS; facts *= STEP) {
    if (lead(before) > 0 && lead(facts) <= 0) crossing = [before, facts];
    if (lead(facts) > 0 && lead(before) <= 0) crossing = undefined;
    before = facts;
  }
  if (crossing === undefined) return undefined;
  let [low, high] = crossing;
  while (high - low > Math.max(0.5, low * 1e-6)) {
    const middle = (low + high) / 2;
    if (lead(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
