import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { LoadDocument } from "../document.js";

/** A line for each cell and for each number of connections, exact figures, units in the heads. */
export function loadCsv(given: LoadDocument): string {
  const { store, comparisons, connections } = forCsv(given);
  const cells = comparisons.flatMap(({ table, jsonKind, cells: all, methods }) =>
    all.map((cell) => ({
      ...{
        server: store.server,
        driver: store.driver,
        table,
        method: cell.method,
        rows: cell.rows,
      },
      settings: methods.find(({ name }) => name === cell.method)?.durability?.settings,
      status: cell.status,
      reason: cell.reason,
      rowsPerSecond: cell.rowsPerSecond?.median,
      rowsPerSecondLow: cell.rowsPerSecond?.low,
      rowsPerSecondHigh: cell.rowsPerSecond?.high,
      clientCpuSecondsPerMillionRows: cell.clientCpuSeconds,
      serverCpuSecondsPerMillionRows: cell.serverCpuSeconds,
      storedBytesPerRow: cell.storedBytesPerRow,
      peakMemoryBytes: cell.peakMemoryBytes,
      trials: cell.trials.length,
      documents: jsonKind,
    })),
  );
  const rates = (connections?.cells ?? []).map((cell) => ({
    ...{ server: store.server, driver: store.driver, scheduling: cell.scheduling },
    connections: cell.connections,
    phase: cell.phase,
    settings: connections?.durability.settings,
    rowsPerSecond: cell.committedPerSecond.median,
    rowsPerSecondLow: cell.committedPerSecond.low,
    rowsPerSecondHigh: cell.committedPerSecond.high,
    p50Milliseconds: cell.latencyMilliseconds.p50,
    p99Milliseconds: cell.latencyMilliseconds.p99,
    maxMilliseconds: cell.latencyMilliseconds.max,
    idleShare: cell.waits.find(({ what }) => what === "idle")?.share,
    clientCores: cell.clientCores,
    serverCores: cell.serverCores,
    runQueueShare: cell.runQueueShare,
  }));
  return [cells, rates]
    .filter((lines) => lines.length > 0)
    .map((lines) => stringify(lines, { header: true }))
    .join("\n");
}
