/** The tables of a sweep, a column for each value: on the screen, in Markdown, on a page. */
import type { SweepDocument } from "../document.js";
import { significant } from "../../../report/numbers.js";
import { SIGN } from "../../../report/signs.js";
import type { VerdictKind } from "../../../verdict/result.js";
import { directionsIn } from "../report/marks.js";
import { curvesOf, fastestAt, rateAt, rateUnit, type Curve } from "./curves.js";
import { valueText } from "./values.js";

/** What is swept, in words. */
export const SWEPT = {
  "fact-size": "size of a fact",
  batch: "size of a batch",
  level: "level of compression",
  duplication: "how often a fact is told",
} as const;

/** Verdicts that fit a column for each value. */
const BINDS: Record<VerdictKind, string> = {
  "source-bound": "source",
  "codec-bound": "CPU",
  "sink-bandwidth-bound": "IO",
  "sink-latency-bound": "IO, latency",
  balanced: "balanced",
  inconclusive: "open",
};

export interface SweepTable {
  readonly title: string;
  readonly rows: string[][];
}

/** A table of rates for each direction, one of bytes, and what was found out beside the rates. */
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
  return [
    ...rates,
    { title, rows: [["codec", ...heads], ...bytes] },
    ...verdictTable(document, heads),
    ...causalTable(document, heads),
  ];
}

/** What binds each write at each value; nothing where that was not asked. */
function verdictTable(document: SweepDocument, heads: readonly string[]): SweepTable[] {
  const judged = curvesOf(document, "write").filter(({ scenarios }) =>
    scenarios.some((scenario) => scenario?.verdict !== undefined),
  );
  if (judged.length === 0) return [];
  const rows = judged.map(({ name, scenarios }) => [
    name,
    ...scenarios.map((scenario) =>
      scenario?.verdict === undefined ? "-" : BINDS[scenario.verdict.kind],
    ),
  ]);
  const title = `what binds writing, by ${SWEPT[document.sweep.parameter]}`;
  return [{ title, rows: [["codec", ...heads], ...rows] }];
}

/** How much of a delay in a stage comes through at each value; nothing where none was put in. */
function causalTable(document: SweepDocument, heads: readonly string[]): SweepTable[] {
  const rows = curvesOf(document, "write").flatMap(({ name, scenarios }) => {
    const stages = scenarios.flatMap((scenario) => scenario?.causal ?? []);
    return [...new Set(stages.map(({ stage }) => stage))].map((stage) => [
      `${name}, ${stage}`,
      ...scenarios.map((scenario) => {
        const effect = scenario?.causal?.find((other) => other.stage === stage);
        return effect === undefined ? "-" : effect.slope.median.toFixed(2);
      }),
    ]);
  });
  if (rows.length === 0) return [];
  const title = `what a delay does, s per s (1 is critical, 0 is hidden), by ${SWEPT[document.sweep.parameter]}`;
  return [{ title, rows: [["stage", ...heads], ...rows] }];
}

function rateCell(
  document: SweepDocument,
  curve: Curve,
  point: number,
  curves: readonly Curve[],
): string {
  const rate = rateAt(document, curve, point);
  if (rate === undefined) return "-";
  const [best, ...level] = fastestAt(curves, point);
  const sign = curves.length > 1 && curve === best && level.length === 0 ? SIGN.best : "";
  const doubt = curve.scenarios[point]?.precisionReached === false ? SIGN.imprecise : "";
  return `${significant(rate)}${sign}${doubt}`;
}

function figure(value: number | null | undefined): string {
  return value == null ? "-" : significant(value);
}
