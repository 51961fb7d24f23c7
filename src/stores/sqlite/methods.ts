/** How rows get into SQLite. */
import { insertInto, places } from "../../core/sql.js";
import {
  queryOf,
  rowsOf,
  type LoadInput,
  type LoadMethod,
  type Row,
  type TableShape,
} from "../../core/store.js";
import { HellfactError } from "../../core/errors.js";
import type { Connection } from "./driver.js";

/** A decimal that an inexact reader gets wrong. */
const ODD_DECIMAL = 1.2675473009234781e-294;

/** A method, and how it is done; a transaction around it is the store's business. */
export interface SqliteMethod extends LoadMethod {
  /** What the journal is for it; as it is in the file where nothing is said. */
  readonly journal?: "DELETE" | "WAL";
  /** What it waits for at a commit, where that is what the method is about. */
  readonly synchronous?: "FULL" | "NORMAL";
  load(connection: Connection, table: TableShape, rows: LoadInput): void;
}

export const METHODS: readonly SqliteMethod[] = [
  {
    name: "one-by-one",
    summary: "a statement and a commit for each row, prepared once",
    isAtomic: false,
    takes: "rows",
    journal: "DELETE",
    load: oneByOne,
  },
  {
    name: "one-by-one-wal",
    summary: "the same with a write-ahead log",
    isAtomic: false,
    takes: "rows",
    journal: "WAL",
    load: oneByOne,
  },
  {
    name: "one-by-one-wal-normal",
    summary: "a write-ahead log that is not waited for at each commit",
    isAtomic: false,
    takes: "rows",
    journal: "WAL",
    synchronous: "NORMAL",
    load: oneByOne,
  },
  {
    name: "one-transaction",
    summary: "a statement for each row, prepared once, and one commit",
    isAtomic: true,
    takes: "rows",
    load: oneByOne,
  },
  {
    name: "prepared-each",
    summary: "one commit; the statement is prepared anew for each row",
    isAtomic: true,
    takes: "rows",
    load: (connection, table, rows) => {
      const sql = insertion(table, 1);
      for (const row of rowsOf(rows)) {
        const statement = connection.prepare(sql);
        statement.run(row);
        statement.finish();
      }
    },
  },
  multiRow(50),
  multiRow(500),
  {
    name: "json-each",
    summary: "one commit; 1,000 rows as one JSON parameter, taken apart by json_each",
    isAtomic: true,
    takes: "rows",
    load: (connection, table, rows) => jsonEach(connection, table, rowsOf(rows), 1_000),
  },
  {
    name: "json-each-all",
    summary: "one commit; all rows as one JSON parameter",
    isAtomic: true,
    takes: "rows",
    isOneParameter: true,
    load: (connection, table, rows) => jsonEach(connection, table, rowsOf(rows), Infinity),
  },
  {
    name: "set-based",
    summary: "one INSERT … SELECT: the database makes the rows itself",
    isAtomic: true,
    takes: "query",
    load: (connection, table, input) => connection.exec(`${insertInto(table)} ${queryOf(input)}`),
  },
];

function multiRow(size: number): SqliteMethod {
  return {
    name: `multi-row-${size}`,
    summary: `one commit; ${size} rows in each statement, prepared once`,
    isAtomic: true,
    takes: "rows",
    load: (connection, table, rows) => {
      const width = table.columns.length;
      // SQLite takes 32,766 parameters.
      const most = Math.max(1, Math.min(size, Math.floor(32_766 / width)));
      const many = connection.prepare(insertion(table, most));
      const flat = Array.from<Row[number]>({ length: most * width }).fill(null);
      let filled = 0;
      for (const row of rowsOf(rows)) {
        for (let column = 0; column < width; column++) flat[filled++] = row[column] ?? null;
        if (filled === flat.length) {
          many.run(flat);
          filled = 0;
        }
      }
      many.finish();
      if (filled === 0) return;
      const rest = connection.prepare(insertion(table, filled / width));
      rest.run(flat.slice(0, filled));
      rest.finish();
    },
  };
}

function oneByOne(connection: Connection, table: TableShape, rows: LoadInput): void {
  const statement = connection.prepare(insertion(table, 1));
  for (const row of rowsOf(rows)) statement.run(row);
  statement.finish();
}

function jsonEach(
  connection: Connection,
  table: TableShape,
  rows: Iterable<Row>,
  size: number,
): void {
  if (table.columns.some(({ type }) => type === "double")) refuseInexact(connection);
  const values = table.columns.map((column, index) =>
    columnValue(
      table,
      index,
      column.type === "bytes" ? `unhex(value ->> ${index})` : `value ->> ${index}`,
    ),
  );
  const statement = connection.prepare(
    `${insertInto(table)} SELECT ${values.join(", ")} FROM json_each(?)`,
  );
  let group: Row[] = [];
  const send = () => {
    statement.run([JSON.stringify(group, jsonValue)]);
    group = [];
  };
  for (const row of rows) if (group.push(row) === size) send();
  if (group.length > 0) send();
  statement.finish();
}

/** SQLite before 3.53 makes other doubles of some decimals in JSON, by their last bit. */
function refuseInexact(connection: Connection): void {
  const statement = connection.prepare("SELECT value FROM json_each(?)");
  const [row] = statement.all([JSON.stringify([ODD_DECIMAL])]);
  statement.finish();
  if (row?.[0] === ODD_DECIMAL) return;
  throw new HellfactError(
    "this SQLite makes other doubles of some decimals in JSON. Take another method, or a runtime with SQLite 3.53, such as Node 24.",
  );
}

/** Bytes as hexadecimal, and integers that JSON cannot hold as text: SQLite's column makes them whole. */
function jsonValue(this: unknown, key: string, given: unknown): unknown {
  // What is given of a Buffer is what its toJSON makes of it.
  const value = (this as Record<string, unknown>)[key];
  if (typeof value === "bigint") return String(value);
  if (!(value instanceof Uint8Array)) return given;
  return Buffer.from(value).toString("hex");
}

/** `INSERT` with places for some rows. */
function insertion(table: TableShape, rows: number): string {
  const { columns } = table;
  const place = (_: number, column: number) => columnValue(table, column, "?");
  return `${insertInto(table)} VALUES ${places(rows, columns.length, place)}`;
}

/** What makes a document, handed over as text, what its column keeps. */
function columnValue(table: TableShape, column: number, sql: string): string {
  if (table.columns[column]?.type !== "json") return sql;
  if (table.jsonKind === "jsonb") return `jsonb(${sql})`;
  return table.jsonKind === "blob" ? `CAST(${sql} AS BLOB)` : sql;
}
