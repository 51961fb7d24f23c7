/** What a gate decides by. All of it is set before the first pair is made. */

/** Slower by this much is nothing yet: the noise of layouts and compilers is as large. */
export const MARGIN = 0.02;
/** A pass says that the slowdown is less than this. */
export const TOLERANCE = 0.05;
/** The chance of a FAIL, over all interim analyses and cells, where nothing is slower than the margin. */
export const FAIL_LEVEL = 0.005;
/**
 * What of that the first interim analysis may spend, and where it looks: so many pairs that are all slower
 * by a quarter and more, and as many fresh ones as the level asks for.
 */
export const PLAIN_LEVEL = 0.001;
export const PLAIN_PAIRS = 6;
export const PLAIN_SLOWDOWN = 0.25;
/** The chance of a PASS, over all interim analyses, where a cell is slower by the tolerance. */
export const PASS_LEVEL = 0.025;
/** Pairs at which a cell is looked at that is not plainly slower. */
export const INTERIM_ANALYSES: readonly number[] = [12, 24, 40, 64];
/** Fresh pairs that have to confirm a FAIL: more of them only if the first say no. */
export const CONFIRMING: readonly number[] = [6, 16, 26];
/** The chance that pairs within the margin confirm. */
export const CONFIRM_LEVEL = 0.1;
/** The reference workload may move by this much, and may be wrong about it so often. */
export const REFERENCE_MARGIN = 0.02;
export const REFERENCE_LEVEL = 0.002;
/** A pair is dropped if either variant was kept waiting for, or was robbed of, this share of its time. */
export const MAX_WAITING = 0.8;
export const MAX_STOLEN = 0.4;
/** More dropped pairs than kept ones, and no answer can be given. */
export const MAX_DROPPED = 0.5;
/** An exact counter may grow by this share. */
export const BYTES_MARGIN = 0.001;
export const ALLOCATION_MARGIN = 0.02;
/** Allocations count as exact where they differ by no more than this from pair to pair. */
export const ALLOCATION_SPREAD = 0.01;

/**
 * What of a level each interim analysis may spend: in proportion to its pairs (Lan and DeMets, "Discrete
 * sequential boundaries for clinical trials", Biometrika 70, 1983, with their linear function). Each one's own
 * test is made at its own share, so by Boole's inequality the whole never exceeds the level,
 * whatever the correlation between them.
 */
export function spending(level: number, analyses: readonly number[]): number[] {
  const last = analyses.at(-1) ?? 1;
  return analyses.map((pairs, index) => (level * (pairs - (analyses[index - 1] ?? 0))) / last);
}
