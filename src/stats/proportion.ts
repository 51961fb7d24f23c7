/** A share of cases, and the interval that holds the true one 95 times in 100. */
export interface Proportion {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share of `hits` among `cases`, with the exact interval of Clopper and Pearson ("The use of
 * confidence or fiducial limits", Biometrika 26, 1934), found by bisection.
 *
 * @param cases at least one
 */
export function proportion(hits: number, cases: number): Proportion {
  const low = hits === 0 ? 0 : bisect((share) => 1 - atMost(hits - 1, cases, share) - TAIL);
  const high = hits === cases ? 1 : bisect((share) => TAIL - atMost(hits, cases, share));
  return { share: hits / cases, low, high };
}

const TAIL = 0.025;

/** P(X ≤ hits) for a binomial X, summed in logarithms so that thousands of cases do not vanish. */
function atMost(hits: number, cases: number, share: number): number {
  let logTerm = cases * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= hits; k++) {
    logTerm += Math.log((cases - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Where a function that rises over the open interval from 0 to 1 is zero. */
function bisect(rising: (share: number) => number): number {
  let [from, to] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (from + to) / 2;
    if (rising(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
