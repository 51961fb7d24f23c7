/** The first interim analysis: slowdowns so large that few pairs are enough. Pure. */
import { PLAIN_LEVEL, PLAIN_PAIRS, PLAIN_SLOWDOWN } from "./rules.js";

/** How it stands with a cell in the first interim analysis. */
export type PlainStanding =
  | { readonly answer: "fail"; readonly used: number; readonly confirming: number }
  /** Every pair so far is much slower; so many are needed to go on, and these were made to confirm it. */
  | { readonly answer: "open"; readonly wants: number; readonly confirming: number }
  | { readonly answer: "no" };

/**
 * The sign test (Dixon and Mood, Journal of the American Statistical Association 41, 1946) against a bound far
 * above the margin: every one of the first pairs is slower by more than that, and then every one of the
 * fresh pairs that confirm it. Where a cell is not slower than the margin, each pair does so with a
 * chance of at most a half, whatever the noise, because the random order makes it symmetric. So k pairs
 * in a row have a chance of at most 2⁻ᵏ, and over `cells` cells the whole stays under `PLAIN_LEVEL` (Bonferroni).
 * Whatever is not plain goes on to the other interim analyses, which have the rest of the level.
 */
export function plainStanding(logs: readonly number[], cells: number): PlainStanding {
  const all = Math.max(PLAIN_PAIRS, Math.ceil(Math.log2(cells / PLAIN_LEVEL)));
  const bound = Math.log1p(PLAIN_SLOWDOWN);
  const made = logs.slice(0, all);
  if (made.some((log) => log <= bound)) return { answer: "no" };
  const confirming = Math.max(0, made.length - PLAIN_PAIRS);
  if (made.length === all) return { answer: "fail", used: all, confirming };
  return { answer: "open", wants: made.length < PLAIN_PAIRS ? PLAIN_PAIRS : all, confirming };
}
