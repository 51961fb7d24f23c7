/** The drivers of each store, each loaded only when it is measured. */
import type { FetchDriver } from "./driver.js";

type LoadDriver = () => Promise<{ readonly default: FetchDriver }>;

const DRIVERS: Readonly<Record<string, Readonly<Record<string, LoadDriver>>>> = {
  postgres: {
    pg: () => import("./drivers/pg.js"),
    "pg-cursor": () => import("./drivers/pg-cursor.js"),
    postgres: () => import("./drivers/postgres.js"),
  },
  sqlite: {
    "node:sqlite": () => import("./drivers/node-sqlite.js"),
    "better-sqlite3": () => import("./drivers/better-sqlite3.js"),
    "node-sqlite3-wasm": () => import("./drivers/node-sqlite3-wasm.js"),
  },
  duckdb: { "@duckdb/node-api": () => import("./drivers/duckdb.js") },
};

export function driversOf(store: string): string[] {
  return Object.keys(DRIVERS[store] ?? {});
}

/** Loads a driver; what it needs itself is loaded when it is opened. */
export async function loadFetchDriver(store: string, name: string): Promise<FetchDriver> {
  const load = DRIVERS[store]?.[name];
  if (load === undefined) throw new TypeError(`${store} has no driver ${name}`);
  return (await load()).default;
}
