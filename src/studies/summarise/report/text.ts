/** A summary as people read it in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { isPlain, plainTable, wrappedPlain } from "../../../report/plain-layout.js";
import { LINE_WIDTH, onScreen } from "../../../report/screen.js";
import type { TextOptions } from "../../../report/options.js";
import type { SummariseDocument } from "../document.js";
import { certaintySentences, checkSentence, workSentence } from "./sentences.js";
import { summaryTables, type SummaryTable } from "./tables.js";
import type { Align, TextLayout } from "./text-layout.js";
import { whole } from "./words.js";

/** The same as `summariseText` with the layout that a document needs, which is loaded if it is not plain. */
export async function summarisedText(
  document: SummariseDocument,
  options: TextOptions,
): Promise<string> {
  const layout = isPlain(JSON.stringify(document))
    ? { wrapped: wrappedPlain, table: plainTable }
    : (await import("./layout.js")).anyLayout;
  return summariseText(document, options, layout);
}

/** Ends with a newline. */
export function summariseText(
  given: SummariseDocument,
  { colors }: TextOptions,
  layout: TextLayout,
): string {
  const { wrapped } = layout;
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { facts, source, by, groups, notes } = document;
  const grouped = by === null ? "" : ` in ${groups.length} groups by ${by}`;
  const check = checkSentence(document);
  const lines = [
    paint.bold(`${whole(facts)} facts of ${source}${grouped}`),
    "",
    ...summaryTables(document).flatMap((table) => [
      paint.bold(table.title),
      ...tableLines(table, layout),
      "",
    ]),
    ...[...certaintySentences(document), ...(check === undefined ? [] : [check])].flatMap(wrapped),
    ...wrapped(workSentence(document)),
    ...notes.flatMap((note) => wrapped(`note: ${note}`)).map(paint.yellow),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

/** A table that is too wide is given a row for each column. */
function tableLines({ head, rows, words }: SummaryTable, { table }: TextLayout): string[] {
  const aligns = head.map((_, index): Align => (index < words ? "left" : "right"));
  const wide = table([head, ...rows], { gap: 2, aligns });
  if (Math.max(...wide.map((line) => line.length)) < LINE_WIDTH) return wide;
  return rows.flatMap((row) => {
    const upright = head
      .slice(words)
      .map((name, index) => [`  ${name}`, row[index + words] ?? ""] as const);
    const lines = table(upright, { gap: 2, aligns: ["left", "right"] });
    return [row.slice(0, words).join(", "), ...lines];
  });
}
