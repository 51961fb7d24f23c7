/** An open DuckDB file. */
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { firstLine, HellfactError, InputError } from "../../core/errors.js";
import { installedVersion } from "../../core/package-version.js";
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
  type OpenStore,
  type PartKey,
  type Row,
  type TableShape,
} from "../../core/store.js";
import { bindRows } from "./bind.js";
import { loadLibrary } from "./load-library.js";
import { LOOK_UPS } from "./look-ups.js";
import { METHODS } from "./methods.js";
import { typeName } from "./types.js";

/** @param url `duckdb:FILE` or `duckdb::memory:` */
export async function openDuckDb(url: string): Promise<OpenStore> {
  const [, path = ""] = /^duckdb:(?:\/\/)?(.*)$/.exec(url) ?? [];
  if (path === "") throw new InputError(`${url}: give a file, such as duckdb:facts.duckdb.`);
  const file = path === ":memory:" ? path : resolve(path);
  const library = await loadLibrary();
  const instance = await openFile(library, file);
  const connection = await instance.connect();
  const said = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof HellfactError
        ? error
        : new HellfactError(`${file}: ${plainly(error)}.`);
    }
  };
  const createTable = async (table: TableShape) => {
    for (const sql of creation(table, (type) => typeName(type, table))) await connection.run(sql);
  };
  return {
    driver: `@duckdb/node-api ${installedVersion("@duckdb/node-api")}`.trim(),
    server: `DuckDB ${library.version()}`,
    address: `duckdb:${file}`,
    create: (table, replace) =>
      said(async () => {
        if (replace) await connection.run(`DROP TABLE IF EXISTS ${quoted(table.name)}`);
        await createTable(table);
      }),
    drop: (table) =>
      said(async () => void (await connection.run(`DROP TABLE IF EXISTS ${quoted(table)}`))),
    load: (table, rows, name) =>
      said(async () => {
        const method = namedIn(METHODS, name, "method");
        if (!method.isAtomic) return method.load(connection, table, rows);
        return inTransaction(connection, () => method.load(connection, table, rows));
      }),
    loadPart: (part, tables, name) =>
      said(async () => {
        await createTable(PARTS);
        return inTransaction(connection, async () => {
          if (await isPresent(connection, part)) return "present";
          for (const { table, rows } of tables)
            await namedIn(METHODS, name, "method").load(connection, table, rows);
          return "loaded";
        });
      }),
    durability: async () => ({
      settings: file === ":memory:" ? "no file" : "WAL, synced at each commit",
      survives: file === ":memory:" ? "nothing" : "power",
    }),
    query: (sql, values = []) =>
      said(async () => {
        const found = await connection.runAndReadAll(sql, values as DuckDBValue[]);
        return found.getRowsJS() as Row[];
      }),
    lookUp: (table, keys, name) =>
      said(async () =>
        namedIn(LOOK_UPS, name, "way of looking up").find(
          connection,
          table,
          keys,
          keys[0]?.length ?? 0,
        ),
      ),
    storedBytes: () =>
      said(async () => {
        await connection.run("CHECKPOINT");
        const found = await connection.runAndReadAll(
          "SELECT used_blocks * block_size FROM pragma_database_size()",
        );
        return Number(found.getRowsJS()[0]?.[0] ?? 0);
      }),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function openFile(
  { DuckDBInstance: Instance }: Awaited<ReturnType<typeof loadLibrary>>,
  file: string,
): Promise<DuckDBInstance> {
  try {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    return await Instance.create(file);
  } catch (error) {
    const message = firstLine(error);
    if (/lock/i.test(message)) {
      throw new HellfactError(
        `${file}: the database is locked: another process has it open. Wait for it, or end it.`,
      );
    }
    throw new InputError(`${file}: ${plainly(error)}.`);
  }
}

async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run("BEGIN");
  try {
    const done = await work();
    await connection.run("COMMIT");
    return done;
  } catch (error) {
    await connection.run("ROLLBACK").catch(() => undefined); // what went wrong may have done it
    throw error;
  }
}

/** Whether a part is there; if not, it is from the end of this transaction on. */
async function isPresent(connection: DuckDBConnection, part: PartKey): Promise<boolean> {
  const found = await connection.runAndReadAll(
    `SELECT crc32 FROM ${quoted(PARTS.name)} WHERE run = ? AND from_position = ? AND to_position = ?`,
    [part.run, part.from, part.to],
  );
  const known = found.getRowsJS()[0]?.[0] as string | undefined;
  if (known === undefined) {
    const statement = await connection.prepare(
      `${insertInto(PARTS)} VALUES ${places(1, PARTS.columns.length, () => "?")}`,
    );
    bindRows(statement, PARTS, [partRow(part)]);
    await statement.run();
    return false;
  }
  if (known !== part.crc32) throw otherChecksum(part, known);
  return true;
}

/** A message of DuckDB's without the lines that draw where it was. */
function plainly(error: unknown): string {
  return firstLine(error).replace(/\.$/, "");
}
