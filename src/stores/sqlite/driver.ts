/** The three libraries that talk to SQLite from Node, behind one face. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { UnavailableError } from "../../core/errors.js";
import type { Row, Value } from "../../core/store.js";

/** A prepared statement. */
export interface Statement {
  run(values: Row): void;
  all(values: Row): Row[];
  finish(): void;
}

export interface Connection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

export interface Driver {
  /** The package's name, or the runtime's module. */
  readonly name: string;
  /** Whether a connection of it can keep a write-ahead log. */
  readonly hasWal: boolean;
  connect(file: string): Connection;
}

/** The order in which drivers are tried: the runtime's own, the user's, the one that runs anywhere. */
export const DRIVERS = ["node:sqlite", "better-sqlite3", "node-sqlite3-wasm"] as const;
export type DriverName = (typeof DRIVERS)[number];

const LOADERS: Record<DriverName, () => Promise<Driver>> = {
  "node:sqlite": async () => (await import("./node-sqlite.js")).loadDriver(),
  "better-sqlite3": async () => (await import("./better-sqlite3.js")).loadDriver(),
  "node-sqlite3-wasm": async () => (await import("./wasm.js")).loadDriver(),
};

/** Loads a driver by its name, or the first that is there. Rejects with an `UnavailableError`. */
export async function loadDriver(wanted?: DriverName): Promise<Driver> {
  for (const name of wanted === undefined ? DRIVERS : [wanted]) {
    try {
      return await LOADERS[name]();
    } catch {
      // the next one, if any
    }
  }
  throw new UnavailableError(
    `${wanted ?? "no driver for SQLite"} does not load.`,
    "run it with Node 22.13 or later, or: npm install node-sqlite3-wasm",
  );
}

/** A package of this tool's own folders, or else of the folder it is run in. */
export function requireFromUser(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name) as unknown;
  } catch {
    return createRequire(join(process.cwd(), "package.json"))(name) as unknown;
  }
}

/** Values as SQLite has them: it knows no booleans. */
export function plain(values: Row): Exclude<Value, boolean>[] {
  return values.map((value) => (typeof value === "boolean" ? Number(value) : value));
}
