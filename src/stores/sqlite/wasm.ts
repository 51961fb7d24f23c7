/** SQLite in WebAssembly: runs anywhere, has real files and `fsync`, and no write-ahead log. */
import fs from "node:fs";
import type { Database as WasmDatabase, Statement as WasmStatement } from "node-sqlite3-wasm";
import { HellfactError } from "../../core/errors.js";
import type { Row } from "../../core/store.js";
import { type Connection, type Driver, type Statement } from "./driver.js";
import { holdFile } from "./holder.js";

/** Rejects where the package is missing. */
export async function loadDriver(): Promise<Driver> {
  const { default: library } = (await import("node-sqlite3-wasm")) as unknown as {
    default: { Database: typeof WasmDatabase };
  };
  rollBackJournals();
  const connect = (file: string): Connection => {
    const letGo = holdFile(file);
    ownLocks.add(`${file}.lock`);
    let database: WasmDatabase;
    try {
      database = new library.Database(file);
    } catch (error) {
      letGo();
      throw error;
    }
    const open = new Set<WasmStatement>();
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        open.add(statement);
        return wrapped(statement, () => open.delete(statement));
      },
      close: () => {
        for (const statement of open) finalize(statement);
        database.close();
        letGo();
      },
    };
  };
  return { name: "node-sqlite3-wasm", hasWal: false, connect };
}

/** Locks of files that are open here. */
const ownLocks = new Set<string>();
let isMended = false;

/**
 * SQLite rolls back the journal that a killed process left, unless somebody holds the lock: which the
 * library says also of the lock that it has just taken itself, and so would leave half a transaction
 * in the file. It asks only when it has the lock, so that nobody else can; it is told so here.
 */
function rollBackJournals(): void {
  if (isMended) return;
  isMended = true;
  const { accessSync } = fs;
  fs.accessSync = (path, mode) => {
    if (typeof path === "string" && ownLocks.has(path)) throw new Error(`${path}: nobody else's`);
    accessSync(path, mode);
  };
}

function wrapped(statement: WasmStatement, onEnd: () => void): Statement {
  return {
    run: (values) => {
      refuseZeros(values);
      // The library only reads it; its types ask for an array that may be written.
      statement.run(values as never);
    },
    all: (values) =>
      statement.all(values as never).map((row) => Object.values(row as object) as unknown as Row),
    finish: () => {
      onEnd();
      finalize(statement);
    },
  };
}

/** Ending a statement fails with what its last step failed with, which was told then; it is ended. */
function finalize(statement: WasmStatement): void {
  try {
    statement.finalize();
  } catch {
    // see above
  }
}

/** The library hands texts over up to their first zero: what stands behind it would be lost. */
function refuseZeros(values: Row): void {
  for (const value of values) {
    if (typeof value === "string" && value.includes("\0")) {
      throw new HellfactError(
        "node-sqlite3-wasm cuts a text at U+0000, and this one has one. Use Node 22.13 or later, or better-sqlite3.",
      );
    }
  }
}
