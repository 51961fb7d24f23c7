import type { CheapestWays } from "../model/cheapest.js";
import type { SizedRow } from "../model/sizing.js";
import { warningText, type TextLength } from "./warning-text.js";

/** Warnings with the rows they touch: a number for each, and none for what touches all rows. */
export interface Footnotes {
  marksOf(row: SizedRow): number[];
  /** `every row: …`, `1: …` */
  readonly lines: readonly string[];
}

/** @param length short where rows are of several machines, so that what they share is said once */
export function footnotesOf(rows: readonly SizedRow[], length: TextLength): Footnotes {
  const rowsByText = new Map<string, SizedRow[]>();
  for (const row of rows) {
    for (const warning of row.warnings) {
      const text = warningText(warning, length);
      rowsByText.set(text, [...(rowsByText.get(text) ?? []), row]);
    }
  }
  const notes = [...rowsByText].map(([text, touched]) => ({ text, touched }));
  const general = notes.filter(({ touched }) => touched.length === rows.length);
  const numbered = notes.filter((note) => !general.includes(note));
  const every = rows.length === 1 ? "" : "every row: ";
  return {
    marksOf: (row) =>
      numbered.flatMap(({ touched }, index) => (touched.includes(row) ? [index + 1] : [])),
    lines: [
      ...general.map(({ text }) => `${every}${text}`),
      ...numbered.map(({ text }, index) => `${index + 1}: ${text}`),
    ],
  };
}

/** The footnotes of a search's two tables. */
export function cheapestFootnotes({ ways, runnersUp }: CheapestWays): Footnotes {
  return footnotesOf(
    [...ways, ...runnersUp].map(({ row }) => row),
    "short",
  );
}
