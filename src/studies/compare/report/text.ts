import { forTerminal } from "../../../core/foreign-text.js";
import type { TextOptions } from "../../../report/options.js";
import { createColors } from "picocolors";
import type { ResultDocument } from "../document.js";
import { conclusionOf } from "./conclusion.js";
import { isSweep } from "../sweep/curves.js";
import { headline } from "./headline.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { framingText, legendOf, notesOf } from "./notes.js";
import { sweepText } from "../sweep/text.js";
import { columnsOf, type Column } from "./table.js";
import { SIGN } from "../../../report/signs.js";
import type { Row } from "./rows.js";
import { screenText } from "./screen/screen.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import { causalTable } from "./causal.js";
import { comparisonVerdict, verdictTable } from "./verdict.js";

/** A comparison as people read it in a terminal. Ends with a newline. */
export function textReport(given: ResultDocument, { colors, detail = {} }: TextOptions): string {
  const document = forTerminal(given);
  if (isSweep(document)) return sweepText(document, { colors });
  const paint = createColors(colors);
  // Several runtimes have a row each, and no single answer.
  if (detail.all === true || runtimesIn(document.scenarios).length > 0) {
    return allText(document, paint);
  }
  const more = [
    ...(detail.verdict === true ? verdictLines(document, paint) : []),
    ...(detail.explain === true
      ? [...conclusionOf(document).flatMap(wrapped), ...noteLines(document, paint)]
      : []),
  ];
  return `${screenText(document, { colors })}${more.length === 0 ? "" : `\n${onScreen(more)}\n`}`;
}

/** Every column, and all that there is to say. */
function allText(document: ResultDocument, paint: ReturnType<typeof createColors>): string {
  const { columns, rows } = columnsOf(document);
  const [groups = "", heads = "", ...body] = tableLines(columns, rows);
  const rule = paint.dim(
    "─".repeat(Math.max(...[groups, heads, ...body].map(({ length }) => length))),
  );
  const lines = [
    ...headline(document).map(paint.bold),
    "",
    paint.dim(groups),
    paint.bold(heads),
    rule,
    ...body.map((line) => line.replaceAll(SIGN.best, paint.green(SIGN.best))),
    rule,
    ...[...legendOf(document, body.join("")), ...framingText(document)]
      .flatMap(wrapped)
      .map(paint.dim),
    "",
    ...conclusionOf(document).flatMap(wrapped),
    ...verdictLines(document, paint),
    ...noteLines(document, paint),
  ];
  return `\n${onScreen(lines)}\n`;
}

function verdictLines(
  document: ResultDocument,
  paint: ReturnType<typeof createColors>,
): readonly string[] {
  return [
    ...comparisonVerdict(document).flatMap(wrapped),
    ...section(verdictTable(document), paint),
    ...section(causalTable(document), paint),
  ];
}

function noteLines(
  document: ResultDocument,
  paint: ReturnType<typeof createColors>,
): readonly string[] {
  return notesOf(document)
    .flatMap((note) => wrapped(`note: ${note}`))
    .map((line) => paint.yellow(line));
}

/** A table of something that was measured beside the rates; nothing if it was not. */
function section(table: readonly string[], paint: ReturnType<typeof createColors>): string[] {
  const [groups, heads, ...rows] = table;
  if (groups === undefined || heads === undefined) return [];
  return ["", paint.dim(groups), paint.bold(heads), ...rows, ""];
}

/** Two lines of heads and one for each row, aligned. */
function tableLines(columns: readonly Column[], rows: readonly Row[]): string[] {
  const table = borderless({
    colAligns: columns.map(({ align }) => align),
  });
  table.push(
    columns.map(({ group }) => group),
    columns.map(({ head }) => head),
  );
  for (const row of rows) table.push(columns.map((column) => column.cell(row)));
  return table.toString().split("\n");
}
