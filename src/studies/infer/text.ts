import { createColors } from "picocolors";
import type { InferenceDocument } from "./document.js";
import { borderless, onScreen, wrapped } from "../../report/layout.js";
import { percent } from "../../report/numbers.js";
import type { TextOptions } from "../../report/options.js";

/** Widths at which all columns fit the screen; "seen" and "in" have what their heads take or more. */
const WIDTHS = { path: 36, type: 25, note: 21 };
/** Paths of a schema that people still read; the rest is in the schema. */
const MAX_ROWS = 60;
const MAX_NOTED_ROWS = 200;

/** How sure an inferred schema is, as people read it in a terminal. Ends with a newline. */
export function inferenceText(document: InferenceDocument, { colors }: TextOptions): string {
  const { source, facts, paths, protobuf: rules } = document;
  const paint = createColors(colors);
  const rows = shown(paths);
  const table = borderless({
    head: ["path", "type", "seen", "there %", "note"].map((head) => paint.bold(head)),
    colAligns: ["left", "left", "right", "right", "left"],
    wordWrap: true,
    wrapOnWordBoundary: true,
    colWidths: [WIDTHS.path, WIDTHS.type, null, null, WIDTHS.note],
  });
  for (const { path, type, values, share, note } of rows) {
    table.push([
      path.length < WIDTHS.path ? path : `…${path.slice(2 - WIDTHS.path)}`,
      type.length < WIDTHS.type ? type : `${type.slice(0, WIDTHS.type - 2)}…`,
      values,
      share === 1 ? "" : percent(share),
      note,
    ]);
  }
  const left = paths.length - rows.length;
  const lines = [
    paint.bold(`schema of ${source}, inferred from ${facts} ${facts === 1 ? "fact" : "facts"}`),
    "",
    ...table.toString().split("\n"),
    ...(left > 0
      ? ["", `and ${left} paths more that nothing is to be said of (--json has all)`]
      : []),
    "",
    "[] any element   {} the value behind any key   there %: of the objects that could have it",
    "",
    ...wrapped(inferenceHeadline(document)),
    ...rules.flatMap(({ text, paths: places }) =>
      wrapped(`protobuf: ${placesText(places)}: ${text}`).map(paint.yellow),
    ),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

/** All paths of a small schema; of a large one, those that something was guessed of. */
function shown(paths: InferenceDocument["paths"]): InferenceDocument["paths"] {
  if (paths.length <= MAX_ROWS) return paths;
  return paths.filter(({ note }) => note !== "").slice(0, MAX_NOTED_ROWS);
}

function placesText([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** How sure it is, in a sentence or two. */
export function inferenceHeadline({ facts, paths }: InferenceDocument): string {
  const optional = paths.filter(({ share }) => share < 1).length;
  const maps = paths.filter(({ note }) => note.includes("map")).length;
  const unions = paths.filter(({ note }) => note.includes("several types")).length;
  const few =
    facts < 30 ? " From so few facts nobody can tell what others are like: look it through." : "";
  return (
    `${paths.length} paths: ${optional} that may be missing, ${maps} maps whose keys are data, ` +
    `${unions} of several types. Each fact that was seen is valid by it.${few}`
  );
}
