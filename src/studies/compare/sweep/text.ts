import { markdownTable } from "markdown-table";
import { createColors } from "picocolors";
import type { SweepDocument } from "../document.js";
import type { Chart } from "../../../report/chart/chart.js";
import { chartText } from "../../../report/chart/text.js";
import { curvesOf, rateAt, rateUnit } from "./curves.js";
import { headline } from "../report/headline.js";
import { borderless, broken, onScreen, unbroken, wrapped } from "../../../report/layout.js";
import { directionsIn } from "../report/marks.js";
import { notesOf } from "../report/notes.js";
import { percent } from "../../../report/numbers.js";
import { sweepConclusion } from "./conclusion.js";
import { SWEPT, tablesOf } from "./tables.js";
import { SIGN } from "../../../report/signs.js";
import type { TextOptions } from "../../../report/options.js";

/** A sweep as people read it in a terminal: tables, a chart and what they mean. */
export function sweepText(document: SweepDocument, { colors }: TextOptions): string {
  const paint = createColors(colors);
  const [machine = "", facts = ""] = headline(document);
  const lines = [
    paint.bold(machine),
    paint.bold(isOfFacts(document) ? `facts of ${document.payload.source}` : facts),
    ...tablesOf(document).flatMap(({ title, rows }) => {
      const [head = "", ...body] = tableLines(rows);
      return ["", paint.bold(title), paint.dim(head), ...body];
    }),
    ...chartsOf(document).flatMap((chart) => ["", ...chartText(chart, { colors }).split("\n")]),
    "",
    ...legend(document).flatMap(wrapped).map(paint.dim),
    "",
    ...sweepConclusion(document).flatMap(wrapped),
    ...notesOf(document)
      .flatMap((note) => wrapped(`note: ${note}`))
      .map((line) => paint.yellow(line)),
  ];
  return `\n${onScreen(lines)}\n`;
}

/** A sweep's tables and sentences as Markdown. */
export function sweepMarkdown(document: SweepDocument): string {
  const tables = tablesOf(document).flatMap(({ title, rows }) => [
    `**${title}**`,
    markdownTable(rows, { align: rows[0]?.map((_, index) => (index === 0 ? "l" : "r")) ?? [] }),
  ]);
  const sentences = [
    ...sweepConclusion(document),
    ...notesOf(document).map((note) => `note: ${note}`),
  ];
  const list = [...legend(document), ...sentences].map((sentence) => `- ${broken(sentence)}`);
  return `${[...tables, list.join("\n")].join("\n\n")}\n`;
}

/** A chart for each direction. */
export function chartsOf(document: SweepDocument): Chart[] {
  const { parameter, points } = document.sweep;
  const isBytes = parameter === "fact-size" || parameter === "batch";
  return directionsIn(document).flatMap((direction): Chart[] => {
    const lines = curvesOf(document, direction).map((curve) => ({
      name: curve.name,
      points: points.flatMap(({ value }, point) => {
        const rate = rateAt(document, curve, point);
        return rate === undefined ? [] : [[value, rate] as const];
      }),
    }));
    if (lines.length === 0) return [];
    return [
      {
        title: `${direction}, by ${SWEPT[parameter]}`,
        x: {
          label: isBytes ? `${SWEPT[parameter]}, bytes` : SWEPT[parameter],
          scale: parameter === "level" ? "linear" : "log",
        },
        y: { label: rateUnit(document), scale: "linear" },
        lines,
        marks: [],
      },
    ];
  });
}

function legend({ configuration }: SweepDocument): string[] {
  const signs = [
    `${SIGN.best} fastest at its value`,
    `${SIGN.imprecise} interval wider than --precision ${percent(configuration.precision)} %`,
    "all values measured in common rounds",
  ];
  return [signs.map(unbroken).join("   ")];
}

/** Whether the points differ in the facts themselves, so that none of them speaks for all. */
function isOfFacts({ sweep }: SweepDocument): boolean {
  return sweep.parameter === "fact-size" || sweep.parameter === "duplication";
}

function tableLines(rows: readonly string[][]): string[] {
  const table = borderless({
    gap: 3,
    colAligns: rows[0]?.map((_, index) => (index === 0 ? "left" : "right")) ?? [],
  });
  table.push(...rows);
  return table.toString().split("\n");
}
