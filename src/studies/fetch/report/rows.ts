/** The figures of cells, as texts for any form. */
import { percent, short, significant } from "../../../report/numbers.js";
import { SIGN } from "../../../report/signs.js";
import type { FetchCell, FetchDocument } from "../document.js";
import { bestOf } from "./sentences.js";

export const HEADS = [
  "rows",
  "fetched",
  "rows/s",
  "± %",
  "s/1k times",
  "first ms",
  "CPU µs",
  "GC %",
  "peak MB",
];

/** Cells of one driver. */
export interface Group {
  readonly driver: string;
  readonly cells: readonly FetchCell[];
}

export function groupsOf({ cells }: FetchDocument): Group[] {
  const drivers = [...new Set(cells.map(({ driver }) => driver))];
  return drivers.map((driver) => ({
    driver,
    cells: cells.filter((cell) => cell.driver === driver && cell.status === "ok"),
  }));
}

/** A row for a cell; that of the fastest has a sign. */
export function rowOf(cell: FetchCell, document: FetchDocument): string[] {
  const { median = 0, low = 0, high = null } = cell.rowsPerSecond ?? {};
  const [fastest, ...level] = bestOf(document.cells);
  const microseconds = cell.cpuSeconds ?? 0;
  const wallMicroseconds = median === 0 ? 1 : 1e6 / median;
  return [
    cell.shape,
    cell.fetch,
    `${short(median)}${cell === fastest && level.length === 0 ? SIGN.best : " "}`,
    high === null ? "?" : percent(Math.max(high / median - 1, 1 - low / median)),
    significant((document.rows * 1000) / median),
    significant((cell.firstRowSeconds ?? 0) * 1000),
    significant(microseconds),
    significant((100 * (cell.gcSeconds ?? 0)) / wallMicroseconds),
    significant((cell.peakMemoryBytes ?? 0) / 1e6),
  ];
}

/** Why cells have no figures, each reason once. */
export function cellProblems({ cells }: FetchDocument): string[] {
  const told = cells
    .filter(({ status }) => status === "failed" || status === "unavailable")
    .map(
      ({ driver, status, reason }) =>
        `${driver} ${status === "failed" ? "failed" : "n/a"}: ${reason ?? ""}`,
    );
  return [...new Set(told)];
}
