import { markdownTable } from "markdown-table";
import { createColors } from "picocolors";
import type { SweepDocument } from "../document.js";
import type { Chart } from "../../../report/chart/chart.js";
import { chartText } from "../../../report/chart/text.js";
import { curvesOf, rateAt, rateUnit, type Curve } from "./curves.js";
import { headline } from "../report/headline.js";
import { borderless, broken, onScreen, unbroken, wrapped } from "../../../report/layout.js";
import { directionsIn } from "../report/marks.js";
import { notesOf } from "../report/notes.js";
import { percent, significant } from "../../../report/numbers.js";
import { sweepConclusion, valueText } from "./conclusion.js";
import { SIGN } from "../../../report/signs.js";
import type { TextOptions } from "../../../report/options.js";

const SWEPT = {
  "fact-size": "size of a fact",
  batch: "size of a batch",
  level: "level of compression",
  duplication: "how often a fact is told",
} as const;

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

export interface SweepTable {
  readonly title: string;
  readonly rows: string[][];
}

/** A table of rates for each direction, and one of bytes. */
export function tablesOf(document: SweepDocument): SweepTable[] {
  const { parameter, points } = document.sweep;
  const heads = points.map(({ value }) => valueText(document, value));
  const directions = directionsIn(document).filter(
    (direction) => curvesOf(document, direction).length > 0,
  );
  const rates = directions.map((direction) => ({
    title: `${direction}, ${rateUnit(document)}, by ${SWEPT[parameter]}`,
    rows: [
      ["codec", ...heads],
      ...curvesOf(document, direction).map((curve, _, curves) => [
        curve.name,
        ...points.map((__, point) => rateCell(document, curve, point, curves)),
      ]),
    ],
  }));
  const [first] = directions;
  if (first === undefined) return [];
  const bytes = curvesOf(document, first).map(({ name, scenarios }) => [
    name,
    ...scenarios.map((scenario) => figure(scenario?.storedBytesPerFact)),
  ]);
  const title = `on disk, bytes per fact, by ${SWEPT[parameter]}`;
  return [...rates, { title, rows: [["codec", ...heads], ...bytes] }];
}

function rateCell(
  document: SweepDocument,
  curve: Curve,
  point: number,
  curves: readonly Curve[],
): string {
  const rate = rateAt(document, curve, point);
  if (rate === undefined) return "-";
  const best = Math.max(...curves.map((other) => rateAt(document, other, point) ?? 0));
  const sign = curves.length > 1 && rate === best ? SIGN.best : "";
  const doubt = curve.scenarios[point]?.precisionReached === false ? SIGN.imprecise : "";
  return `${significant(rate)}${sign}${doubt}`;
}

function figure(value: number | null | undefined): string {
  return value == null ? "-" : significant(value);
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
