/** How rows get into DuckDB. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { grouped, insertInto, literal, places, quoted } from "../../core/sql.js";
import {
  queryOf,
  rowsOf,
  type LoadInput,
  type LoadMethod,
  type Row,
  type TableShape,
} from "../../core/store.js";
import { bindRows } from "./bind.js";
import { objectsOf, structureOf, valuesOf } from "./json.js";
import { typeName } from "./types.js";

/** A method, and how it is done; a transaction around it is the store's business. */
export interface DuckDbMethod extends LoadMethod {
  load(connection: DuckDBConnection, table: TableShape, rows: LoadInput): Promise<void>;
}

const lazily =
  (name: "appendRows" | "appendChunks"): DuckDbMethod["load"] =>
  async (connection, table, rows) =>
    (await import("./appender.js"))[name](connection, table, rowsOf(rows));

export const METHODS: readonly DuckDbMethod[] = [
  {
    name: "one-by-one",
    summary: "a statement and a commit for each row, prepared once",
    isAtomic: false,
    takes: "rows",
    load: oneByOne,
  },
  {
    name: "one-transaction",
    summary: "a statement for each row, prepared once, and one commit",
    isAtomic: true,
    takes: "rows",
    load: oneByOne,
  },
  multiRow(50),
  multiRow(500),
  {
    name: "json-parameter",
    summary: "one commit; 2,000 rows as one JSON parameter, taken apart by from_json",
    isAtomic: true,
    takes: "rows",
    load: (connection, table, rows) => jsonParameter(connection, table, rowsOf(rows), 2_000),
  },
  {
    name: "appender",
    summary: "one commit; the appender, value by value",
    isAtomic: true,
    takes: "rows",
    load: lazily("appendRows"),
  },
  {
    name: "appender-chunks",
    summary: "one commit; the appender, 2,048 rows as columns at a time",
    isAtomic: true,
    takes: "rows",
    load: lazily("appendChunks"),
  },
  {
    name: "read-json",
    summary: "one INSERT … SELECT from a file of newline-delimited JSON",
    isAtomic: true,
    takes: "ndjson",
    load: (connection, table, input) => runSql(connection, fromJsonFile(table, input)),
  },
  {
    name: "read-parquet",
    summary: "one INSERT … SELECT from a Parquet file",
    isAtomic: true,
    takes: "parquet",
    load: (connection, table, input) => {
      if (!("file" in input)) throw new TypeError("read-parquet takes a file");
      const names = table.columns.map(({ name }) => quoted(name)).join(", ");
      return runSql(
        connection,
        `${insertInto(table)} SELECT ${names} FROM read_parquet(${literal(input.file)})`,
      );
    },
  },
  {
    name: "set-based",
    summary: "one INSERT … SELECT: the database makes the rows itself",
    isAtomic: true,
    takes: "query",
    load: (connection, table, input) =>
      runSql(connection, `${insertInto(table)} ${queryOf(input)}`),
  },
];

async function runSql(connection: DuckDBConnection, sql: string): Promise<void> {
  await connection.run(sql);
}

function multiRow(size: number): DuckDbMethod {
  return {
    name: `multi-row-${size}`,
    summary: `one commit; ${size} rows in each statement, prepared once`,
    isAtomic: true,
    takes: "rows",
    load: async (connection, table, rows) => {
      const width = table.columns.length;
      const prepare = (count: number) =>
        connection.prepare(`${insertInto(table)} VALUES ${places(count, width, () => "?")}`);
      const many = await prepare(size);
      for (const group of grouped(rowsOf(rows), size)) {
        const statement = group.length === size ? many : await prepare(group.length);
        bindRows(statement, table, group);
        await statement.run();
      }
    },
  };
}

async function oneByOne(
  connection: DuckDBConnection,
  table: TableShape,
  rows: LoadInput,
): Promise<void> {
  const statement = await connection.prepare(
    `${insertInto(table)} VALUES ${places(1, table.columns.length, () => "?")}`,
  );
  for (const row of rowsOf(rows)) {
    bindRows(statement, table, [row]);
    await statement.run();
  }
}

async function jsonParameter(
  connection: DuckDBConnection,
  table: TableShape,
  rows: Iterable<Row>,
  size: number,
): Promise<void> {
  const statement = await connection.prepare(
    `${insertInto(table)} SELECT ${valuesOf(table)} FROM (SELECT unnest(from_json(?, ${literal(structureOf(table))})) r)`,
  );
  for (const group of grouped(rows, size)) {
    statement.bindVarchar(1, objectsOf(table, group));
    await statement.run();
  }
}

/** The schema is said, because finding it out takes ten seconds and 800 MB for wide documents. */
function fromJsonFile(table: TableShape, input: LoadInput): string {
  if (!("file" in input)) throw new TypeError("read-json takes a file");
  const file = literal(input.file);
  if (input.firstDocument !== undefined) {
    return (
      `${insertInto(table)} SELECT row_number() OVER () - 1 + ${input.firstDocument}, json ` +
      `FROM read_ndjson_objects(${file}, maximum_object_size = 268435456)`
    );
  }
  const columns = table.columns.map(
    ({ name, type }) => `${quoted(name)}: '${typeName(type, table)}'`,
  );
  return (
    `${insertInto(table)} SELECT * FROM read_json(${file}, columns = {${columns.join(", ")}}, ` +
    "format = 'newline_delimited', records = true)"
  );
}
