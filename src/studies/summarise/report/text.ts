/** A summary as people read it in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { borderless, LINE_WIDTH, onScreen, wrapped } from "../../../report/layout.js";
import type { TextOptions } from "../../../report/options.js";
import type { SummariseDocument } from "../document.js";
import { certaintySentences, checkSentence, workSentence } from "./sentences.js";
import { summaryTables, type SummaryTable } from "./tables.js";
import { whole } from "./words.js";

/** Ends with a newline. */
export function summariseText(given: SummariseDocument, { colors }: TextOptions): string {
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
      ...tableLines(table),
      "",
    ]),
    ...[...certaintySentences(document), ...(check === undefined ? [] : [check])].flatMap(wrapped),
    ...wrapped(workSentence(document)),
    ...notes.flatMap((note) => wrapped(`note: ${note}`)).map(paint.yellow),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

/** A table that is too wide is given a row for each column. */
function tableLines({ head, rows, words }: SummaryTable): string[] {
  const table = borderless({
    gap: 2,
    head: [...head],
    colAligns: head.map((_, index) => (index < words ? "left" : "right")),
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split("\n");
  if (Math.max(...lines.map((line) => line.length)) < LINE_WIDTH) return lines;
  return rows.flatMap((row) => {
    const upright = borderless({ gap: 2, colAligns: ["left", "right"] });
    upright.push(
      ...head.slice(words).map((name, index) => [`  ${name}`, row[index + words] ?? ""]),
    );
    return [row.slice(0, words).join(", "), ...upright.toString().split("\n")];
  });
}
