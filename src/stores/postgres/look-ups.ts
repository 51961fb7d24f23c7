/** How rows are found by their keys in PostgreSQL. */
import { crc32 } from "node:zlib";
import type { Client } from "pg";
import { places, quoted } from "../../core/sql.js";
import type { LookUpMethod, Row, TableShape } from "../../core/store.js";
import { columnsOf } from "./parameters.js";
import { typeName } from "./types.js";

export interface PostgresLookUp extends LookUpMethod {
  find(client: Client, table: TableShape, keys: readonly Row[], width: number): Promise<Row[]>;
}

/** As many keys as a list of row values has. */
const LIST_KEYS = 500;

export const LOOK_UPS: readonly PostgresLookUp[] = [
  {
    name: "one-by-one",
    summary: "a query for each key, prepared once",
    find: (client, table, keys, width) => eachKey(client, table, keys, width, true),
  },
  {
    name: "prepared-each",
    summary: "a query for each key, parsed anew",
    find: (client, table, keys, width) => eachKey(client, table, keys, width, false),
  },
  {
    name: "unnest-join",
    summary: "all keys as an array for each column, joined by unnest",
    find: async (client, table, keys, width) => {
      const columns = table.columns.slice(0, width);
      const arrays = columns.map(({ type }, index) => `$${index + 1}::${typeName(type, table)}[]`);
      const names = columns.map(({ name }) => quoted(name)).join(", ");
      const text = `SELECT t.* FROM unnest(${arrays.join(", ")}) AS k (${names}) JOIN ${quoted(table.name)} AS t USING (${names})`;
      return run(client, text, columnsOf({ ...table, columns }, keys), true);
    },
  },
  {
    name: "row-values",
    summary: `${LIST_KEYS} keys in each query, as a list of row values`,
    find: async (client, table, keys, width) => {
      const columns = table.columns.slice(0, width);
      const names = columns.map(({ name }) => quoted(name)).join(", ");
      const place = (parameter: number, column: number) =>
        `$${parameter}::${typeName(columns[column]?.type ?? "text", table)}`;
      const found: Row[] = [];
      for (let from = 0; from < keys.length; from += LIST_KEYS) {
        const group = keys.slice(from, from + LIST_KEYS);
        const text = `SELECT * FROM ${quoted(table.name)} WHERE (${names}) IN (VALUES ${places(group.length, width, place)})`;
        found.push(...(await run(client, text, group.flat(), true)));
      }
      return found;
    },
  },
];

async function eachKey(
  client: Client,
  table: TableShape,
  keys: readonly Row[],
  width: number,
  isPrepared: boolean,
): Promise<Row[]> {
  const conditions = table.columns
    .slice(0, width)
    .map(({ name }, index) => `${quoted(name)} = $${index + 1}`);
  const text = `SELECT * FROM ${quoted(table.name)} WHERE ${conditions.join(" AND ")}`;
  const found: Row[] = [];
  for (const key of keys) found.push(...(await run(client, text, key, isPrepared)));
  return found;
}

async function run(
  client: Client,
  text: string,
  values: readonly unknown[],
  isPrepared: boolean,
): Promise<Row[]> {
  const name = isPrepared ? { name: `hellfact_${crc32(text).toString(16)}` } : {};
  const { rows } = await client.query<unknown[]>({
    ...{ ...name, text, rowMode: "array" },
    values: [...values],
  });
  return rows as Row[];
}
