import { createFinder } from "../compiled-json/reader/find.js";
import type { SummaryPath } from "./path.js";

/** A function that hands every value at some paths of a fact to who asked for it. Where a path leads nowhere, there is none. */
export function walkerOf(
  wanted: readonly { readonly path: SummaryPath; readonly take: (value: unknown) => void }[],
): (fact: unknown) => void {
  const finder = createFinder(wanted.map(({ path }) => path));
  return (fact) => {
    const found = finder.inValue(fact);
    for (const [at, { take }] of wanted.entries()) for (const value of found[at] ?? []) take(value);
  };
}
