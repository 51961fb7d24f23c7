/** How rows get into PostgreSQL. */
import { crc32 } from "node:zlib";
import type { Client } from "pg";
import { grouped, insertInto, places, quoted } from "../../core/sql.js";
import {
  queryOf,
  rowsOf,
  type LoadInput,
  type LoadMethod,
  type Row,
  type TableShape,
} from "../../core/store.js";
import { copyRows } from "./copy.js";
import { columnsOf, jsonRows, parameters } from "./parameters.js";
import { typeName } from "./types.js";

/** A method, and how it is done; a transaction around it is the store's business. */
export interface PostgresMethod extends LoadMethod {
  load(client: Client, table: TableShape, rows: LoadInput): Promise<void>;
}

/** The protocol counts parameters with 16 bits. */
const MOST_PARAMETERS = 65_535;

export const METHODS: readonly PostgresMethod[] = [
  {
    name: "one-by-one",
    summary: "a statement and a commit for each row, prepared once",
    isAtomic: false,
    takes: "rows",
    load: (client, table, rows) => oneByOne(client, table, rows, true),
  },
  {
    name: "one-transaction",
    summary: "a statement for each row, prepared once, and one commit",
    isAtomic: true,
    takes: "rows",
    load: (client, table, rows) => oneByOne(client, table, rows, true),
  },
  {
    name: "prepared-each",
    summary: "one commit; the statement is parsed anew for each row",
    isAtomic: true,
    takes: "rows",
    load: (client, table, rows) => oneByOne(client, table, rows, false),
  },
  multiRow(50),
  multiRow(500),
  {
    name: "json-parameter",
    summary: "one commit; 1,000 rows as one JSON parameter, by json_populate_recordset",
    isAtomic: true,
    takes: "rows",
    load: (client, table, rows) => jsonParameter(client, table, rowsOf(rows), 1_000),
  },
  {
    name: "json-parameter-all",
    summary: "one commit; all rows as one JSON parameter",
    isAtomic: true,
    takes: "rows",
    isOneParameter: true,
    load: (client, table, rows) => jsonParameter(client, table, rowsOf(rows), Infinity),
  },
  {
    name: "unnest",
    summary: "one commit; 1,000 rows as an array for each column, by unnest",
    isAtomic: true,
    takes: "rows",
    load: async (client, table, rows) => {
      const arrays = table.columns.map(
        ({ type }, index) => `$${index + 1}::${typeName(type, table)}[]`,
      );
      const text = `${insertInto(table)} SELECT * FROM unnest(${arrays.join(", ")})`;
      for (const group of grouped(rowsOf(rows), 1_000)) {
        await client.query({ name: nameOf(text), text, values: columnsOf(table, group) });
      }
    },
  },
  {
    name: "copy-text",
    summary: "COPY in its text format",
    isAtomic: true,
    takes: "rows",
    load: (client, table, rows) => copyRows(client, table, rowsOf(rows), "text"),
  },
  {
    name: "copy-binary",
    summary: "COPY in its binary format",
    isAtomic: true,
    takes: "rows",
    load: (client, table, rows) => copyRows(client, table, rowsOf(rows), "binary"),
  },
  {
    name: "set-based",
    summary: "one INSERT … SELECT: the database makes the rows itself",
    isAtomic: true,
    takes: "query",
    load: async (client, table, input) => {
      await client.query(`${insertInto(table)} ${queryOf(input)}`);
    },
  },
];

async function oneByOne(
  client: Client,
  table: TableShape,
  rows: LoadInput,
  isPrepared: boolean,
): Promise<void> {
  const text = insertion(table, 1);
  const name = isPrepared ? { name: nameOf(text) } : {};
  for (const row of rowsOf(rows)) {
    await client.query({ ...name, text, values: parameters(table, [row]) });
  }
}

/** Makes what inserts single rows by a statement that is prepared once. */
export function insertRow(client: Client, table: TableShape): (row: Row) => Promise<void> {
  const text = insertion(table, 1);
  const name = nameOf(text);
  return async (row) => {
    await client.query({ name, text, values: parameters(table, [row]) });
  };
}

function multiRow(size: number): PostgresMethod {
  return {
    name: `multi-row-${size}`,
    summary: `one commit; ${size} rows in each statement, prepared once`,
    isAtomic: true,
    takes: "rows",
    load: async (client, table, rows) => {
      const most = Math.min(size, Math.floor(MOST_PARAMETERS / table.columns.length));
      const text = insertion(table, most);
      for (const group of grouped(rowsOf(rows), most)) {
        const values = parameters(table, group);
        if (group.length === most) await client.query({ name: nameOf(text), text, values });
        else await client.query({ text: insertion(table, group.length), values });
      }
    },
  };
}

async function jsonParameter(
  client: Client,
  table: TableShape,
  rows: Iterable<Row>,
  size: number,
): Promise<void> {
  const names = table.columns.map(({ name }) => quoted(name)).join(", ");
  const text = `${insertInto(table)} SELECT ${names} FROM json_populate_recordset(NULL::${quoted(table.name)}, $1)`;
  for (const group of grouped(rows, size)) {
    await client.query({ name: nameOf(text), text, values: [jsonRows(table, group)] });
  }
}

function insertion(table: TableShape, rows: number): string {
  return `${insertInto(table)} VALUES ${places(rows, table.columns.length, (place) => `$${place}`)}`;
}

/** A name for a prepared statement, the same for the same text. */
function nameOf(text: string): string {
  return `hellfact_${crc32(text).toString(16)}`;
}
