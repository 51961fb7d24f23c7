import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { FetchDocument } from "../document.js";

/** A line for each cell, exact figures, units in the heads. */
export function fetchCsv(given: FetchDocument): string {
  const { cells, rows, columns } = forCsv(given);
  const lines = cells.map((cell) => ({
    ...{ store: cell.store, driver: cell.driver, shape: cell.shape, fetch: cell.fetch },
    ...{ status: cell.status, reason: cell.reason, rows, columns },
    rowsPerSecond: cell.rowsPerSecond?.median,
    rowsPerSecondLow: cell.rowsPerSecond?.low,
    rowsPerSecondHigh: cell.rowsPerSecond?.high,
    cpuSecondsPerMillionRows: cell.cpuSeconds,
    gcSecondsPerMillionRows: cell.gcSeconds,
    firstRowSeconds: cell.firstRowSeconds,
    peakMemoryBytes: cell.peakMemoryBytes,
    fetches: cell.trials.reduce((sum, { fetches }) => sum + fetches, 0),
    trials: cell.trials.length,
  }));
  return stringify(lines, { header: true });
}
