/** An open SQLite file. */
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { firstLine, HellfactError, InputError, UnavailableError } from "../../core/errors.js";
import {
  creation,
  insertInto,
  otherChecksum,
  partRow,
  PARTS,
  places,
  quoted,
} from "../../core/sql.js";
import {
  namedIn,
  type Durability,
  type OpenOptions,
  type OpenStore,
  type PartKey,
  type TableShape,
} from "../../core/store.js";
import type { Connection } from "./driver.js";
import { DRIVERS, loadDriver, type DriverName } from "./load-driver.js";
import { LOOK_UPS } from "./look-ups.js";
import { METHODS, type SqliteMethod } from "./methods.js";
import { installedVersion } from "../../core/package-version.js";

/** How long another writer is waited for. */
const BUSY_MILLISECONDS = 5_000;

/** @param url `sqlite:FILE`, with `?driver=NAME` for one of several drivers */
export async function openSqlite(
  url: string,
  { commit = "power" }: OpenOptions,
): Promise<OpenStore> {
  const { file, driverName } = fileOf(url);
  const driver = await loadDriver(driverName);
  const said = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw sayable(file, error);
    }
  };
  const connection = said(() => {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    return driver.connect(file);
  });
  const version = said(() => {
    try {
      connection.exec(`PRAGMA busy_timeout = ${BUSY_MILLISECONDS}`);
      one(connection, "SELECT count(*) FROM sqlite_master"); // a file of another kind is told here
      return String(one(connection, "SELECT sqlite_version()"));
    } catch (error) {
      connection.close();
      throw error;
    }
  });
  const run = (table: TableShape, rows: Parameters<OpenStore["load"]>[1], method: SqliteMethod) =>
    method.load(connection, table, rows);
  const prepare = (method: SqliteMethod) => {
    prepareFor(connection, method, commit);
    return method;
  };
  return {
    driver: `${driver.name} ${installedVersion(driver.name)}`.trim(),
    server: `SQLite ${version}`,
    address: `sqlite:${file}`,
    create: async (table, replace) =>
      said(() => {
        if (replace) connection.exec(`DROP TABLE IF EXISTS ${quoted(table.name)}`);
        for (const sql of creation(table, (type) => typeName(type, table))) connection.exec(sql);
      }),
    drop: async (table) => said(() => connection.exec(`DROP TABLE IF EXISTS ${quoted(table)}`)),
    load: async (table, rows, name) =>
      said(() => {
        const method = prepare(namedIn(METHODS, name, "method"));
        if (!method.isAtomic) return run(table, rows, method);
        inTransaction(connection, () => run(table, rows, method));
      }),
    loadPart: async (part, tables, name) =>
      said(() => {
        const method = prepare(namedIn(METHODS, name, "method"));
        for (const sql of creation(PARTS, (type) => typeName(type, PARTS))) connection.exec(sql);
        return inTransaction(connection, () => {
          if (isPresent(connection, part)) return "present";
          for (const { table, rows } of tables) run(table, rows, method);
          return "loaded";
        });
      }),
    durability: async () => said(() => durabilityOf(connection, file)),
    query: async (sql, values = []) =>
      said(() => {
        const statement = connection.prepare(sql);
        try {
          return statement.all(values);
        } finally {
          statement.finish();
        }
      }),
    lookUp: async (table, keys, name) =>
      said(() => {
        // One transaction, or the file is locked and let go for each query.
        connection.exec("BEGIN");
        try {
          return namedIn(LOOK_UPS, name, "way of looking up").find(
            connection,
            table,
            keys,
            keys[0]?.length ?? 0,
          );
        } finally {
          connection.exec("COMMIT");
        }
      }),
    storedBytes: async () =>
      said(() => {
        const pragma = (name: string) => Number(one(connection, `PRAGMA ${name}`));
        return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
      }),
    close: async () => connection.close(),
  };
}

function fileOf(url: string): { file: string; driverName: DriverName | undefined } {
  const [, path = "", query = ""] = /^sqlite:(?:\/\/)?([^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  if (path === "") throw new InputError(`${url}: give a file, such as sqlite:facts.db.`);
  const driverName = new URLSearchParams(query).get("driver") ?? undefined;
  if (driverName !== undefined && !DRIVERS.some((name) => name === driverName)) {
    throw new InputError(`${url}: the drivers are ${DRIVERS.join(", ")}.`);
  }
  return {
    file: path === ":memory:" ? path : resolve(path),
    driverName: driverName as DriverName | undefined,
  };
}

/** Sets journal and durability, which only what is outside of a transaction can. */
function prepareFor(
  connection: Connection,
  { name, journal, synchronous }: SqliteMethod,
  commit: "power" | "process",
): void {
  if (journal !== undefined) {
    const got = String(one(connection, `PRAGMA journal_mode = ${journal}`)).toUpperCase();
    if (got !== journal && got !== "MEMORY") {
      throw new UnavailableError(
        `${name} wants a write-ahead log, and this driver keeps journal_mode=${got}`,
        "run it with Node 22.13 or later, or install better-sqlite3",
      );
    }
  }
  const level = synchronous ?? (commit === "power" ? "FULL" : "OFF");
  connection.exec(`PRAGMA synchronous = ${level}`);
}

const LEVELS = ["OFF", "NORMAL", "FULL", "EXTRA"];

function durabilityOf(connection: Connection, file: string): Durability {
  const journal = String(one(connection, "PRAGMA journal_mode")).toUpperCase();
  const level = LEVELS[Number(one(connection, "PRAGMA synchronous"))] ?? "?";
  const isSynced =
    level === "FULL" || level === "EXTRA" || (level === "NORMAL" && journal !== "WAL");
  return {
    settings: `${journal}, synchronous=${level}`,
    survives: file === ":memory:" ? "nothing" : isSynced ? "power" : "process",
  };
}

function inTransaction<T>(connection: Connection, work: () => T): T {
  connection.exec("BEGIN IMMEDIATE");
  try {
    const done = work();
    connection.exec("COMMIT");
    return done;
  } catch (error) {
    try {
      connection.exec("ROLLBACK");
    } catch {
      // it was rolled back by what went wrong
    }
    throw error;
  }
}

/** Whether a part is there; if not, it is from the end of this transaction on. */
function isPresent(connection: Connection, part: PartKey): boolean {
  const known = connection.prepare(
    `SELECT crc32 FROM ${quoted(PARTS.name)} WHERE run = ? AND from_position = ? AND to_position = ?`,
  );
  const [found] = known.all([part.run, part.from, part.to]);
  known.finish();
  if (found === undefined) {
    const insert = connection.prepare(
      `${insertInto(PARTS)} VALUES ${places(1, PARTS.columns.length, () => "?")}`,
    );
    insert.run(partRow(part));
    insert.finish();
    return false;
  }
  if (found[0] !== part.crc32) throw otherChecksum(part, String(found[0]));
  return true;
}

function one(connection: Connection, sql: string): unknown {
  const statement = connection.prepare(sql);
  try {
    return statement.all([])[0]?.[0];
  } finally {
    statement.finish();
  }
}

function typeName(type: TableShape["columns"][number]["type"], { jsonKind }: TableShape): string {
  switch (type) {
    case "integer":
    case "bigint":
    case "boolean":
      return "INTEGER";
    case "double":
      return "REAL";
    case "text":
      return "TEXT";
    case "bytes":
      return "BLOB";
    case "json":
      return jsonKind === "jsonb" || jsonKind === "blob" ? "BLOB" : "TEXT";
  }
}

function sayable(file: string, error: unknown): Error {
  if (error instanceof HellfactError) return error;
  const message = firstLine(error);
  if (/database is locked/i.test(message)) {
    return new HellfactError(
      `${file}: the database is locked: another process writes to it. Wait for it, or end it.`,
    );
  }
  if (/not a database|disk image is malformed/i.test(message)) {
    return new InputError(
      `${file}: ${message}. Give a SQLite file, or a path where there is none.`,
    );
  }
  return new HellfactError(`${file}: ${message}.`);
}
