/** What the libraries that talk to SQLite have in common here. */
import { createRequire } from "node:module";
import { join } from "node:path";
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
