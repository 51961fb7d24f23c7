/** In which way the pairs of a gate were made, and why, in words. */
import type { GateWays } from "../document.js";

const NAME = { "one-process": "in one process", "two-processes": "in two processes" } as const;

/** One sentence: the way, and what the A/A pairs of each way showed where they decided. */
export function waysText({ chosen, reason, tried }: GateWays): string {
  const shown = tried
    .toSorted((a) => (a.way === chosen ? -1 : 1))
    .map(
      ({ way, spread, secondsPerPair }) =>
        `${(100 * spread).toFixed(1)} % in ${secondsPerPair.toFixed(1)} s each ${NAME[way]}`,
    );
  const why = shown.length === 0 ? reason : `A/A pairs spread by ${shown.join(", ")}`;
  return `pairs ${NAME[chosen]}: ${why}`;
}
