import type { ResultDocument } from "../document.js";
import type { Direction, ScenarioResult } from "../../../trial/result.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import { directionsIn, halfWidth, marksOf, type Marks } from "./marks.js";
import { percent, significant } from "../../../report/numbers.js";
import { isLeftOut } from "./left-out.js";
import { dominatedRows } from "./pareto.js";
import { compressorName, SIGN } from "../../../report/signs.js";
import { rateOf, rowsOf, type Row } from "./rows.js";
import { runtimeLabel } from "../../../report/names.js";

/** A column of the comparison: how it is called, and what stands in it. */
export interface Column {
  /** The upper line of its head: what it shares with its neighbours, or "". */
  readonly group: string;
  readonly head: string;
  readonly align: "left" | "right";
  cell(row: Row): string;
}

/** More directions than this leave no room on a line for everything about each of them. */
const ROOMY_DIRECTIONS = 3;

/**
 * The columns and rows of a comparison, for every form in which it is printed as a table.
 * @param isWide whether there is room for all
 */
export function columnsOf(
  document: ResultDocument,
  isWide = false,
): { columns: Column[]; rows: Row[] } {
  const rows = rowsOf(document);
  const marks = marksOf(rows);
  const dominated = dominatedRows(rows);
  const directions = directionsIn(document);
  const runtimes = runtimesIn(document.scenarios);
  const hasRuntimes = runtimes.length > 0;
  const roomy = directions.length <= (hasRuntimes ? 1 : ROOMY_DIRECTIONS);
  const rates = directions.flatMap((direction, index) =>
    index < (roomy ? 2 : 1)
      ? [rateColumn(direction, marks), intervalColumn(direction)]
      : [rateColumn(direction, marks, doubts)],
  );
  const json = document.payload.jsonBytesPerFact;
  const columns: Column[] = [
    { group: "", head: "codec", align: "left", cell: ({ codec }) => codec },
    { group: "", head: "compress", align: "left", cell: (row) => compressorName(row.compressor) },
    ...(hasRuntimes
      ? ([
          {
            group: "",
            head: "runtime",
            align: "left",
            cell: ({ runtime }) => runtimeLabel(runtime ?? "", runtimes),
          },
        ] satisfies Column[])
      : []),
    ...rates,
    ...(roomy
      ? [
          figureColumn(
            "memory",
            "B/fact",
            (found) => found.encodedBytesPerFact,
            marked(marks.fewestEncoded),
          ),
        ]
      : []),
    ...(isWide && document.scenarios.some(({ framingBytesPerFact }) => framingBytesPerFact != null)
      ? [
          figureColumn(
            "of it",
            "framing",
            (found) => found.framingBytesPerFact ?? null,
            significant,
          ),
        ]
      : []),
    figureColumn(
      "disk",
      "B/fact",
      (found) => found.storedBytesPerFact,
      (stored, row) =>
        marked(marks.fewestStored)(stored) + (dominated.has(row) ? SIGN.dominated : ""),
    ),
    // The runtimes' column takes its room.
    ...(hasRuntimes
      ? []
      : [
          figureColumn(
            "% of",
            "JSON",
            (found) => found.storedBytesPerFact,
            (stored) => percent(stored / json),
          ),
        ]),
  ];
  if (directions.includes("write")) {
    columns.push(
      figureColumn(
        "CPU to",
        "write",
        ({ direction, cpuSecondsPerMillionFacts }) =>
          direction === "write" ? cpuSecondsPerMillionFacts : null,
        marked(marks.leastCpu),
      ),
    );
  }
  return { columns, rows };
}

const GROUP: Record<Direction, string> = {
  write: "write",
  read: "read back",
  project: "project",
  validate: "validate",
};

/** What stands where there is no rate; the reason is told below the table. */
const NO_FIGURE: Record<ScenarioResult["status"], string> = {
  ok: "",
  failed: "failed",
  unavailable: "n/a",
  unsupported: "-",
};

/** @param more signs for a column that has no interval beside it */
function rateColumn(
  direction: Direction,
  marks: Marks,
  more: (scenario: ScenarioResult) => string = () => "",
): Column {
  return {
    group: `${GROUP[direction]}  `,
    head: "facts/s  ",
    align: "right",
    cell: ({ scenarios }) => {
      const scenario = scenarios[direction];
      if (scenario === undefined) return "";
      const [figure, signs] = rateText(scenario, marks);
      return `${figure}${`${signs}${more(scenario)}`.padEnd(2)}`;
    },
  };
}

function rateText(scenario: ScenarioResult, { best, undecided }: Marks): [string, string] {
  const median = rateOf(scenario);
  if (median === undefined) {
    if (isLeftOut(scenario)) return [NO_FIGURE.unsupported, ""];
    return [scenario.sameAs === null ? NO_FIGURE[scenario.status] : `as ${scenario.sameAs}`, ""];
  }
  const signs = `${best.has(scenario) ? SIGN.best : ""}${undecided.has(scenario) ? SIGN.undecided : ""}`;
  return [significant(median), signs];
}

/** Signs for what is not as certain as was asked for. */
function doubts({ precisionReached, steadyState }: ScenarioResult): string {
  return `${precisionReached === false ? SIGN.imprecise : ""}${steadyState === false ? SIGN.unsteady : ""}`;
}

function intervalColumn(direction: Direction): Column {
  return {
    group: "",
    head: "± % ",
    align: "right",
    cell: ({ scenarios }) => {
      const scenario = scenarios[direction];
      if (scenario?.status !== "ok") return "";
      const width = halfWidth(scenario);
      return `${Number.isFinite(width) ? percent(width) : "?"}${doubts(scenario).padEnd(1)}`;
    },
  };
}

/** @param text how a figure is written, with its sign if it has one */
function figureColumn(
  group: string,
  head: string,
  value: (scenario: ScenarioResult) => number | null,
  text: (figure: number, row: Row) => string,
): Column {
  return {
    group,
    head,
    align: "right",
    cell: (row) => {
      const figure = figureOf(row, value);
      return figure === null ? "-" : text(figure, row);
    },
  };
}

/** Writes figures of which `best` is the best. */
function marked(best: number): (figure: number) => string {
  return (figure) => `${significant(figure)}${figure === best ? SIGN.best : ""}`;
}

/** What holds for a row as a whole, from its write or else from its read. */
function figureOf(
  { scenarios }: Row,
  value: (scenario: ScenarioResult) => number | null,
): number | null {
  const scenario = [scenarios.write, scenarios.read, scenarios.project, scenarios.validate].find(
    (candidate) => candidate?.status === "ok",
  );
  return scenario === undefined ? null : value(scenario);
}
