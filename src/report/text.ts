import Table from "cli-table3";
import { createColors } from "picocolors";
import type { ResultDocument } from "../results/document.js";
import { conclusionOf } from "./conclusion.js";
import { BORDERLESS, INDENT, unbroken, wrapped } from "./layout.js";
import { bytes, percent } from "./numbers.js";
import { columnsOf, SIGN, type Column } from "./table.js";
import type { Row } from "./rows.js";

export interface TextOptions {
  readonly colors: boolean;
}

/** A comparison as people read it in a terminal. Ends with a newline. */
export function textReport(document: ResultDocument, { colors }: TextOptions): string {
  const paint = createColors(colors);
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
    ...legend(document, body.join("")).flatMap(wrapped).map(paint.dim),
    "",
    ...conclusionOf(document).flatMap(wrapped),
    ...notes(document).map((line) => paint.yellow(line)),
  ];
  return `\n${lines.map((line) => `${INDENT}${line}`.trimEnd()).join("\n")}\n`;
}

function headline({ environment, payload, configuration }: ResultDocument): string[] {
  const v8 = environment.v8.split(".").slice(0, 2).join(".");
  const seed = configuration.input === null ? `, seed ${configuration.seed}` : "";
  return [
    `hellfact ${environment.toolVersion}   Node ${environment.node} (V8 ${v8})   ` +
      `${environment.cpuModel}, ${environment.cores} cores`,
    `${payload.facts} facts of ${payload.source}, ${bytes(payload.jsonBytesPerFact)} of JSON each${seed}`,
  ];
}

/** Two lines of heads and one for each row, aligned. */
function tableLines(columns: readonly Column[], rows: readonly Row[]): string[] {
  const table = new Table({
    ...BORDERLESS,
    colAligns: columns.map(({ align }) => align),
  });
  table.push(
    columns.map(({ group }) => group),
    columns.map(({ head }) => head),
  );
  for (const row of rows) table.push(columns.map((column) => column.cell(row)));
  return table.toString().split("\n");
}

/** Explains the signs that occur, and what the figures are. */
function legend({ configuration }: ResultDocument, body: string): string[] {
  const signs = [
    [SIGN.best, "best in its column"],
    [SIGN.undecided, "cannot be told apart from a neighbour"],
    [SIGN.imprecise, `wider than --precision ${percent(configuration.precision)} %`],
    [SIGN.unsteady, "no steady state"],
  ] as const;
  const files =
    configuration.sink === "null"
      ? "nothing touches the disk (--sink null)"
      : `files ${syncText(configuration.sync)}, read from the page cache`;
  return [
    signs
      .filter(([sign]) => body.includes(sign))
      .map(([sign, meaning]) => unbroken(`${sign} ${meaning}  `))
      .join(" "),
    `±: half of the median's 95 % interval   CPU: seconds per million facts`,
    files,
  ].filter((line) => line !== "");
}

function syncText(sync: ResultDocument["configuration"]["sync"]): string {
  switch (sync) {
    case "none":
      return "left to the kernel (--sync none)";
    case "close":
      return "synced as they close (--sync close)";
    case "batch":
      return "synced after each batch (--sync batch)";
  }
}

/** What a reader must know before believing a figure, or its absence. */
function notes(document: ResultDocument): string[] {
  const absences = document.scenarios.flatMap(({ codec, status, reason, direction }) => {
    if (reason === null || (status === "unsupported" && direction !== "write")) return [];
    return [status === "unsupported" ? `${codec}: ${reason}` : `${codec} ${status}: ${reason}`];
  });
  return [
    ...document.warnings,
    ...(document.complete
      ? []
      : ["stopped before every trial was made: these are partial results"]),
    ...new Set(absences),
  ].flatMap((note) => wrapped(`note: ${note}`));
}
