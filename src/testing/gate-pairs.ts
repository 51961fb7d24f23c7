/** Pairs of trials as a gate decides over them, of which the truth is known. */
import type { DecidedPair } from "../studies/gate/decide/decide.js";
import type { Uniform } from "../stats/random.js";

/** A standard normal number: Box and Muller's. */
export const normal = (uniform: Uniform) =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** @param noise of a pair's log ratio; random order makes it symmetric */
export function simulatedPairs(
  pairsOfCell: number,
  cells: number,
  noise: (uniform: Uniform) => number,
  effect: (cell: number) => number,
  uniform: Uniform,
): DecidedPair[] {
  return Array.from({ length: cells * pairsOfCell }, (_, index) => ({
    cell: index % cells,
    logRatio: Math.log1p(effect(index % cells)) + noise(uniform),
    sentinelLogRatio: 0.01 * normal(uniform),
    dropped: null,
  }));
}
