import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import type { InferenceDocument } from "../document.js";
import { borderless, LINE_WIDTH, onScreen, wrapped } from "../../../report/layout.js";
import { percent } from "../../../report/numbers.js";
import type { TextOptions } from "../../../report/options.js";
import { unsureLine } from "../../../schema/key-marks.js";
import { rowsOf, SURPRISES, type InferredRow } from "./rows.js";

/** Widths at which all columns fit the screen; "seen" and "there %" have what their heads take or more. */
const WIDTHS = { path: 33, type: 25, note: 24 };
const MAX_LINES = 30;
const MAX_RULES = 3;

/** How sure an inferred schema is, as people read it in a terminal. Ends with a newline. */
export function inferenceText(
  given: InferenceDocument,
  { colors, detail: { all = false } = {} }: TextOptions,
): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { source, facts } = document;
  const head = wrapped(
    `schema of ${source}, inferred from ${facts} ${facts === 1 ? "fact" : "facts"}`,
  );
  const foot = [
    "",
    "[] any element   {} the value behind any key   there %: of the objects that could have it",
    "",
    ...wrapped(inferenceHeadline(document)),
    ...warningsOf(document, all).flatMap(wrapped).map(paint.yellow),
  ];
  const rows = rowsOf(document.paths);
  const room = all ? Infinity : Math.max(8, MAX_LINES - head.length - foot.length - 4);
  const shown = fitting(rows, room);
  const left = leftOut(rows.slice(shown));
  const [heads = "", ...body] = tableLines(rows.slice(0, shown));
  const lines = [
    ...head.map(paint.bold),
    "",
    paint.bold(heads),
    ...body,
    ...(left === "" ? [] : wrapped(left).map(paint.dim)),
    ...foot,
  ];
  return `\n${onScreen(lines)}\n\n`;
}

/** How many rows fit, notes that take several lines counted. */
function fitting(rows: readonly InferredRow[], room: number): number {
  let shown = Math.min(rows.length, room);
  while (shown > 1 && tableLines(rows.slice(0, shown)).length - 1 > room) shown -= 1;
  return shown;
}

function tableLines(rows: readonly InferredRow[]): string[] {
  const table = borderless({
    head: ["path", "type", "seen", "there %", "note"],
    colAligns: ["left", "left", "right", "right", "left"],
    wordWrap: true,
    wrapOnWordBoundary: true,
    colWidths: [WIDTHS.path, WIDTHS.type, null, null, WIDTHS.note],
  });
  for (const { path, type, values, share, mostShare, note } of rows) {
    table.push([
      path.length < WIDTHS.path ? path : `…${path.slice(2 - WIDTHS.path)}`,
      type.length < WIDTHS.type ? type : `${type.slice(0, WIDTHS.type - 2)}…`,
      values,
      thereText(share, mostShare),
      note,
    ]);
  }
  return table.toString().split("\n");
}

function thereText(least: number, most: number): string {
  if (least === 1) return "";
  const [from, to] = [percent(least), percent(most)];
  return from === to ? from : `${from}–${to}`;
}

/** What is not shown, by what would be said of it. */
function leftOut(rows: readonly InferredRow[]): string {
  if (rows.length === 0) return "";
  const counts = SURPRISES.flatMap((surprise) => {
    const paths = rows
      .filter((row) => row.surprise === surprise)
      .reduce((sum, row) => sum + row.paths, 0);
    if (paths === 0) return [];
    return [
      surprise === "regular" ? `${paths} that nothing is to be said of` : `${paths} ${surprise}`,
    ];
  });
  return `not shown: ${counts.join(", ")} (--all shows them)`;
}

/** Where it is unsure, and how protobuf carries what it has no word for. */
function warningsOf({ schema, protobuf }: InferenceDocument, all: boolean): string[] {
  const unsure = unsureLine(schema);
  const rules = protobuf.map(({ text, paths }) => `protobuf: ${placesText(paths)}: ${text}`);
  const shown = all ? rules : rules.slice(0, MAX_RULES).map(oneLine);
  const left = rules.length - shown.length;
  return [
    ...(unsure === undefined ? [] : [unsure]),
    ...shown,
    ...(left > 0 ? [`protobuf: ${left} rules more (--all)`] : []),
  ];
}

function oneLine(text: string): string {
  return text.length < LINE_WIDTH - 1 ? text : `${text.slice(0, LINE_WIDTH - 3)}…`;
}

function placesText([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** How sure it is, in a sentence or two. */
export function inferenceHeadline({ facts, paths }: InferenceDocument): string {
  const optional = paths.filter(({ share }) => share < 1).length;
  const maps = paths.filter(({ type }) => /\bmap\b/.test(type)).length;
  const unions = paths.filter(({ note }) => note.includes("several types")).length;
  const few =
    facts < 30 ? " From so few facts nobody can tell what others are like: look it through." : "";
  return (
    `${paths.length} paths: ${optional} that may be missing, ${maps} maps whose keys are data, ` +
    `${unions} of several types. Each fact that was seen is valid by it.${few}`
  );
}
