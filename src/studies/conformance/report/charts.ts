/** How many values, or cases, came to each end. */
import type { Draw } from "../../../report/chart/frame.js";
import { stackSvg, type StackChart } from "../../../report/chart/stack.js";
import type { ConformanceDocument } from "../document.js";

const VALUES = {
  exact: "exact",
  changed: "comes back as something else",
  refused: "refused",
  unreadable: "cannot be read back",
  crashed: "died or hung",
} as const;
const CASES = { accepted: "accepted", rejected: "rejected", crashed: "died or hung" } as const;

/** A bar for each codec, or decoder; those that are not to be had here are left out. */
export function outcomesChart({
  codecs = [],
  decoders = [],
  cases,
}: ConformanceDocument): StackChart {
  const isSuite = cases !== undefined;
  const found = isSuite
    ? decoders.map(({ name, verdicts }) => ({ name, all: verdicts.map(({ verdict }) => verdict) }))
    : codecs
        .filter(({ unavailable }) => unavailable === null)
        .map(({ name, cells }) => ({ name, all: cells.map(({ outcome }) => outcome) }));
  const words: Readonly<Record<string, string>> = isSuite ? CASES : VALUES;
  return {
    title: isSuite
      ? "Cases of the suite, by what a decoder did with them"
      : "Values, by what becomes of them: more exact ones are better",
    label: isSuite ? "cases" : "values",
    parts: Object.values(words),
    bars: found.map(({ name, all }) => {
      const values = Object.keys(words).map(
        (outcome) => all.filter((one) => one === outcome).length,
      );
      const told = Object.values(words).map((word, index) => `${word} ${values[index] ?? 0}`);
      return { name, values, mark: null, hover: `${name}: ${told.join(", ")}` };
    }),
    markLabel: null,
  };
}

/** The charts of a document by their names. */
export function conformanceDrawings(document: ConformanceDocument): ReadonlyMap<string, Draw> {
  return new Map([["outcomes", (options) => stackSvg(outcomesChart(document), options)]]);
}
