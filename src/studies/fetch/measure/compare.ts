/**
 * Fetches the same rows by every driver, in every shape, whole and bit by bit: each cell in a fresh process, by
 * turns, a round over all of them after the other.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../core/errors.js";
import { loadStore } from "../../../plugins/load-store.js";
import { askOnce } from "../../../process/client.js";
import { storedInterval } from "../../../results/schema.js";
import { medianInterval } from "../../../stats/median-interval.js";
import { measureRounds, type MeasuredCell, type RoundsOptions } from "../../../trial/rounds.js";
import type { FetchCell, FetchDocument } from "../document.js";
import type { Fetch, Shape } from "./driver.js";
import { driversOf } from "./drivers.js";
import { costsOf } from "./costs.js";
import type { CellFigures, CellName, CellTask } from "./messages.js";
import { tableRows, tableShape, type TablePlan } from "./table.js";

export interface FetchOptions extends Pick<
  RoundsOptions<CellName, CellFigures>,
  "rounds" | "budgetSeconds" | "seed" | "signal" | "onProgress"
> {
  /** URLs of stores; a name alone for a scratch file. */
  readonly stores: readonly string[];
  readonly drivers: readonly string[] | undefined;
  readonly shapes: readonly Shape[];
  readonly fetches: readonly Fetch[];
  readonly table: TablePlan;
  readonly times: number;
  readonly folder: string;
}

const SCRIPT = new URL("./cell-process.js", import.meta.url);
const PATIENCE_SECONDS = 120;
/** What starting a process and opening a store takes of a cell's share of the time. */
const START_SECONDS = 0.5;

interface FilledStore {
  readonly name: CellName["store"];
  readonly url: string;
  readonly clear: () => Promise<void>;
}

export async function compareFetches(
  options: FetchOptions,
): Promise<Pick<FetchDocument, "rounds" | "cells" | "costs" | "servers">> {
  const { shapes, fetches, table, times, rounds, budgetSeconds, signal } = options;
  const folder = join(options.folder, "scratch");
  mkdirSync(folder, { recursive: true });
  const name = `hellfact_fetch_${randomBytes(3).toString("hex")}`;
  const shape = tableShape(name, table);
  const columns = shape.columns.map((column) => column.name);
  const filled: FilledStore[] = [];
  try {
    for (const url of options.stores) filled.push(await fill(url, shape, table.rows, folder));
    const names = filled.flatMap(({ name: store }) =>
      cellsOf(store, options.drivers, shapes, fetches),
    );
    if (names.length === 0) throw new InputError("none of these drivers belongs to these stores.");
    const seconds = Math.max(0.1, budgetSeconds / names.length / rounds - START_SECONDS);
    const { cells, rounds: made } = await measureRounds<CellName, CellFigures>({
      ...options,
      cells: names,
      now: () => performance.now() / 1000,
      measure: (cell) => {
        const url = filled.find((store) => store.name === cell.store)?.url ?? "";
        const mostFetches = Math.ceil(times / rounds);
        const task: CellTask = {
          ...cell,
          url,
          table: name,
          columns,
          rows: table.rows,
          mostFetches,
          seconds,
        };
        return askOnce<CellFigures>(SCRIPT, task, { patienceSeconds: PATIENCE_SECONDS, signal });
      },
    });
    const summarised = cells.map((cell) => summary(cell, table.rows));
    const servers = cells.flatMap(({ answers }) => answers[0]?.server ?? []);
    return {
      rounds: made,
      cells: summarised,
      costs: costsOf(summarised),
      servers: [...new Set(servers)],
    };
  } finally {
    for (const { clear } of filled) await clear().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the rows into a store, and lets go of it: a file may be open in one process only. */
async function fill(
  given: string,
  shape: ReturnType<typeof tableShape>,
  rows: number,
  folder: string,
): Promise<FilledStore> {
  const url = given.includes(":") ? given : `${given}:${join(folder, `${given}.db`)}`;
  const store = await loadStore({ url });
  const open = await store.open(url);
  await open.create(shape, true);
  await open.load(shape, tableRows(shape, rows), store.defaultMethod);
  await open.close();
  const clear = async () => {
    const again = await store.open(url);
    await again.drop(shape.name);
    await again.close();
  };
  return { name: store.name as CellName["store"], url, clear };
}

function cellsOf(
  store: CellName["store"],
  wanted: readonly string[] | undefined,
  shapes: readonly Shape[],
  fetches: readonly Fetch[],
): CellName[] {
  return driversOf(store)
    .filter((driver) => wanted?.includes(driver) ?? true)
    .flatMap((driver) =>
      fetches
        .filter((fetch) => driver !== (fetch === "all" ? "pg-cursor" : "pg"))
        .flatMap((fetch) => shapes.map((shape): CellName => ({ store, driver, shape, fetch }))),
    );
}

function summary(
  { cell, answers, problem }: MeasuredCell<CellName, CellFigures>,
  rows: number,
): FetchCell {
  const trials = answers.map((figures, index) => ({
    round: index + 1,
    fetches: figures.fetches,
    wallSeconds: figures.wallSeconds,
    cpuSeconds: figures.cpuSeconds,
    gcSeconds: figures.gcSeconds,
    firstRowSeconds: figures.firstRowSeconds,
    peakMemoryBytes: figures.peakMemoryBytes,
  }));
  const base = { ...cell, trials };
  const none = { cpuSeconds: null, gcSeconds: null, firstRowSeconds: null, peakMemoryBytes: null };
  if (problem !== undefined) {
    const status = problem.failure?.kind === "unavailable" ? "unavailable" : "failed";
    return { ...base, status, reason: problem.reason, rowsPerSecond: null, ...none };
  }
  if (trials.length === 0) {
    return { ...base, status: "not-measured", reason: null, rowsPerSecond: null, ...none };
  }
  const fetched = trials.reduce((sum, { fetches }) => sum + fetches, 0) * rows;
  const perMillion = (of: (trial: (typeof trials)[number]) => number) =>
    (trials.reduce((sum, trial) => sum + of(trial), 0) * 1e6) / fetched;
  const rates = trials.map(({ fetches, wallSeconds }) => (fetches * rows) / wallSeconds);
  const firsts = trials.map(({ firstRowSeconds }) => firstRowSeconds);
  return {
    ...base,
    status: "ok",
    reason: null,
    rowsPerSecond: storedInterval(medianInterval(rates)),
    cpuSeconds: perMillion(({ cpuSeconds }) => cpuSeconds),
    gcSeconds: perMillion(({ gcSeconds }) => gcSeconds),
    firstRowSeconds: medianInterval(firsts).median,
    peakMemoryBytes: Math.max(...trials.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  };
}
