import type { Direction, ResultDocument, ScenarioResult } from "../results/document.js";
import { directionsIn, halfWidth, marksOf } from "./marks.js";
import { percent, significant } from "./numbers.js";
import { rateOf, rowsOf, type Row } from "./rows.js";

/** Signs that follow a figure. */
export const SIGN = { best: "▲", undecided: "≈", imprecise: "!", unsteady: "~" } as const;

/** A column of the comparison: how it is called, and what stands in it. */
export interface Column {
  /** What several columns have in common; "" if nothing. */
  readonly group: string;
  readonly head: string;
  readonly align: "left" | "right";
  cell(row: Row): string;
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

/** The columns of a comparison, for every form in which it is printed as a table. */
export function columnsOf(document: ResultDocument): { columns: Column[]; rows: Row[] } {
  const rows = rowsOf(document);
  const marks = marksOf(rows);
  const directions = directionsIn(document);
  const signs = (scenario: ScenarioResult) =>
    `${marks.best.has(scenario) ? SIGN.best : ""}${marks.undecided.has(scenario) ? SIGN.undecided : ""}`;

  const rate = (direction: Direction): Column => ({
    group: GROUP[direction],
    head: "facts/s",
    align: "right",
    cell: (row) => {
      const scenario = row.scenarios[direction];
      if (scenario === undefined) return "";
      const median = rateOf(scenario);
      if (median !== undefined) return `${significant(median)}${signs(scenario).padEnd(2)}`;
      if (scenario.sameAs !== null) return `as ${scenario.sameAs}  `;
      return `${NO_FIGURE[scenario.status]}  `;
    },
  });
  const spread = (direction: Direction): Column => ({
    group: "",
    head: "± ",
    align: "right",
    cell: (row) => {
      const scenario = row.scenarios[direction];
      if (scenario?.status !== "ok") return "";
      const width = halfWidth(scenario);
      const text = Number.isFinite(width) ? percent(width) : "?";
      const imprecise = scenario.precisionReached === false ? SIGN.imprecise : "";
      const unsteady = scenario.steadyState === false ? SIGN.unsteady : "";
      return text + `${imprecise}${unsteady}`.padEnd(1);
    },
  });
  const size = (
    group: string,
    head: string,
    value: (scenario: ScenarioResult) => number | null,
    fewest: number | null,
    format = significant,
  ): Column => ({
    group,
    head,
    align: "right",
    cell: (row) => {
      const { write, read } = row.scenarios;
      const scenario = write?.status === "ok" ? write : read;
      const found = scenario === undefined ? null : value(scenario);
      if (found === null) return "-";
      return `${format(found)}${found === fewest ? SIGN.best : ""}`;
    },
  });

  const json = document.payload.jsonBytesPerFact;
  const columns: Column[] = [
    { group: "", head: "codec", align: "left", cell: ({ codec }) => codec },
    {
      group: "",
      head: "compress",
      align: "left",
      cell: ({ compressor }) => compressorName(compressor),
    },
    ...directions.flatMap((direction, index) =>
      index < 2 ? [rate(direction), spread(direction)] : [rate(direction)],
    ),
    size("memory", "B/fact", (found) => found.encodedBytesPerFact, marks.fewestEncoded),
    size("disk", "B/fact", (found) => found.storedBytesPerFact, marks.fewestStored),
    size("of", "JSON", (found) => (found.storedBytesPerFact ?? NaN) / json, null, percent),
  ];
  if (directions.includes("write")) {
    columns.push({
      group: "CPU to",
      head: "write",
      align: "right",
      cell: (row) => {
        const found = row.scenarios.write?.cpuSecondsPerMillionFacts ?? null;
        return found === null
          ? "-"
          : `${significant(found)}${found === marks.leastCpu ? SIGN.best : ""}`;
      },
    });
  }
  return { columns, rows };
}

/** `gzip:6` as people say it; a dash for none. */
function compressorName(compressor: string): string {
  return compressor === "none" ? "-" : compressor.replace(":", " ");
}
