/** How rows are found by their keys in DuckDB. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, places, quoted } from "../../core/sql.js";
import type { LookUpMethod, Row, TableShape } from "../../core/store.js";
import { bindRows } from "./bind.js";
import { objectsOf, structureOf } from "./json.js";

export interface DuckDbLookUp extends LookUpMethod {
  find(
    connection: DuckDBConnection,
    table: TableShape,
    keys: readonly Row[],
    width: number,
  ): Promise<Row[]>;
}

/** As many keys as a list of row values has. */
const LIST_KEYS = 500;

export const LOOK_UPS: readonly DuckDbLookUp[] = [
  {
    name: "one-by-one",
    summary: "a query for each key, prepared once",
    find: async (connection, table, keys, width) => {
      const shape = keyShape(table, width);
      const conditions = shape.columns.map(({ name }) => `${quoted(name)} = ?`);
      const statement = await connection.prepare(
        `SELECT * FROM ${quoted(table.name)} WHERE ${conditions.join(" AND ")}`,
      );
      const found: Row[] = [];
      for (const key of keys) {
        bindRows(statement, shape, [key]);
        found.push(...((await statement.runAndReadAll()).getRowsJS() as Row[]));
      }
      return found;
    },
  },
  {
    name: "json-join",
    summary: "all keys as one JSON parameter, joined by from_json",
    find: async (connection, table, keys, width) => {
      const shape = keyShape(table, width);
      const names = shape.columns.map(({ name }) => quoted(name)).join(", ");
      const found = await connection.runAndReadAll(
        `SELECT t.* FROM (SELECT unnest(from_json(?, ${literal(structureOf(shape))}), recursive := true)) AS k JOIN ${quoted(table.name)} AS t USING (${names})`,
        [objectsOf(shape, keys)],
      );
      return found.getRowsJS() as Row[];
    },
  },
  {
    name: "row-values",
    summary: `${LIST_KEYS} keys in each query, as a list of row values`,
    find: async (connection, table, keys, width) => {
      const shape = keyShape(table, width);
      const names = shape.columns.map(({ name }) => quoted(name)).join(", ");
      const found: Row[] = [];
      for (let from = 0; from < keys.length; from += LIST_KEYS) {
        const group = keys.slice(from, from + LIST_KEYS);
        const statement = await connection.prepare(
          `SELECT * FROM ${quoted(table.name)} WHERE (${names}) IN (VALUES ${places(group.length, width, () => "?")})`,
        );
        bindRows(statement, shape, group);
        found.push(...((await statement.runAndReadAll()).getRowsJS() as Row[]));
      }
      return found;
    },
  },
];

function keyShape(table: TableShape, width: number): TableShape {
  return { ...table, columns: table.columns.slice(0, width) };
}
