import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import type { SizingDocument } from "../document.js";
import type { ClusterSizing } from "../model/cluster/sizing.js";
import type { MachineSizing } from "../model/sizing.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { SIGN } from "../../../report/signs.js";
import type { TextOptions } from "../../../report/options.js";
import { cheapestConclusion, runnerUpColumns, wayColumns } from "./cheapest.js";
import { clusterSentences, clusterTable, rangeSentence } from "./cluster.js";
import { jsonColumns, machineColumns, moneyColumns, type SizingColumn } from "./columns.js";
import { sizingConclusion } from "./conclusion.js";
import { cheapestFootnotes, footnotesOf } from "./footnotes.js";
import { headlines, machineText } from "./headline.js";
import { notCounted, factNotes, unsizedNotes } from "./notes.js";

type Paint = ReturnType<typeof createColors>;

/** A sizing as people read it in a terminal. Ends with a newline. */
export function sizingText(given: SizingDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { machines, cheapest } = document;
  const lines = [
    ...headlines(document).flatMap(([label, text]) => wrapped(`${label.padEnd(5)} ${text}`)),
    ...(cheapest === null
      ? machines.flatMap((sizing) => machineLines(sizing, document, paint))
      : cheapestLines(document, cheapest, paint)),
    ...(document.cluster ?? []).flatMap((cluster) => clusterLines(cluster, paint)),
    ...[...factNotes(document), ...unsizedNotes(document)].flatMap((note) =>
      wrapped(`note: ${note}`).map(paint.yellow),
    ),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

function machineLines(sizing: MachineSizing, document: SizingDocument, paint: Paint): string[] {
  const { machine, rows } = sizing;
  const footnotes = footnotesOf(rows, "long");
  const hasJson = rows.some(({ againstJson }) => againstJson !== null);
  return [
    "",
    paint.bold(`on    ${machineText(machine, document.prices)}`),
    "",
    ...tableLines(machineColumns(rows, footnotes), rows, paint),
    "",
    ...tableLines(moneyColumns(rows), rows, paint),
    ...(hasJson
      ? ["", "beside plain json (below zero: less)", ...tableLines(jsonColumns(rows), rows, paint)]
      : []),
    "",
    ...sizingConclusion(sizing, document).flatMap(wrapped),
    ...wrapped(notCounted(document)).map(paint.dim),
    ...footnotes.lines.flatMap(wrapped).map(paint.yellow),
  ];
}

function clusterLines(cluster: ClusterSizing, paint: Paint): string[] {
  const [heads = "", ...body] = clusterTable(cluster);
  return [
    "",
    paint.bold(`on a cluster of ${cluster.machine}`),
    "",
    ...wrapped(rangeSentence(cluster)),
    "",
    paint.bold(heads),
    ...body,
    "",
    ...clusterSentences(cluster).flatMap(wrapped),
  ];
}

function cheapestLines(
  document: SizingDocument,
  cheapest: NonNullable<SizingDocument["cheapest"]>,
  paint: Paint,
): string[] {
  const { ways, runnersUp } = cheapest;
  const footnotes = cheapestFootnotes(cheapest);
  const isStored = document.terms.storage !== null;
  return [
    "",
    ...tableLines(wayColumns(ways, footnotes, isStored), ways, paint),
    ...(runnersUp.length === 0
      ? []
      : [
          "",
          "other machines for the first of them",
          ...tableLines(runnerUpColumns(footnotes, isStored), runnersUp, paint),
        ]),
    "",
    ...cheapestConclusion(document, cheapest).flatMap(wrapped),
    ...wrapped(notCounted(document)).map(paint.dim),
    ...footnotes.lines.flatMap(wrapped).map(paint.yellow),
  ];
}

/** Two lines of heads, a rule, and a line for each row. */
function tableLines<R>(
  columns: readonly SizingColumn<R>[],
  rows: readonly R[],
  paint: Paint,
): string[] {
  const table = borderless({ colAligns: columns.map(({ align }) => align) });
  table.push(
    columns.map(({ group }) => group),
    columns.map(({ head }) => head),
  );
  for (const row of rows) table.push(columns.map((column) => column.cell(row)));
  const [groups = "", heads = "", ...body] = table.toString().split("\n");
  const width = Math.max(...[groups, heads, ...body].map((line) => line.trimEnd().length));
  return [
    ...(groups.trim() === "" ? [] : [paint.dim(groups)]),
    paint.bold(heads),
    paint.dim("─".repeat(width)),
    ...body.map((line) => line.replaceAll(SIGN.best, paint.green(SIGN.best))),
  ];
}
