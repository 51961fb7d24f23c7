/** How rows are found by their keys in SQLite. */
import { places, quoted } from "../../core/sql.js";
import type { LookUpMethod, Row, TableShape } from "../../core/store.js";
import type { Connection } from "./driver.js";

export interface SqliteLookUp extends LookUpMethod {
  find(connection: Connection, table: TableShape, keys: readonly Row[], width: number): Row[];
}

/** As many keys as a list of row values has. */
const LIST_KEYS = 500;

export const LOOK_UPS: readonly SqliteLookUp[] = [
  {
    name: "one-by-one",
    summary: "a query for each key, prepared once",
    find: (connection, table, keys, width) => {
      const statement = connection.prepare(byKey(table, width));
      const found = keys.flatMap((key) => statement.all(key));
      statement.finish();
      return found;
    },
  },
  {
    name: "prepared-each",
    summary: "a query for each key, prepared anew",
    find: (connection, table, keys, width) =>
      keys.flatMap((key) => {
        const statement = connection.prepare(byKey(table, width));
        const found = statement.all(key);
        statement.finish();
        return found;
      }),
  },
  {
    name: "json-join",
    summary: "all keys as one JSON parameter, joined by json_each",
    find: (connection, table, keys, width) => {
      const conditions = keyNames(table, width).map(
        (name, index) => `t.${name} = value ->> ${index}`,
      );
      const statement = connection.prepare(
        `SELECT t.* FROM json_each(?) CROSS JOIN ${quoted(table.name)} AS t ON ${conditions.join(" AND ")}`,
      );
      const found = statement.all([JSON.stringify(keys)]);
      statement.finish();
      return found;
    },
  },
  {
    name: "row-values",
    summary: `${LIST_KEYS} keys in each query, as a list of row values`,
    find: (connection, table, keys, width) => {
      const found: Row[] = [];
      for (let from = 0; from < keys.length; from += LIST_KEYS) {
        const group = keys.slice(from, from + LIST_KEYS);
        const statement = connection.prepare(
          `SELECT * FROM ${quoted(table.name)} WHERE (${keyNames(table, width).join(", ")}) IN (VALUES ${places(group.length, width, () => "?")})`,
        );
        for (const row of statement.all(group.flat())) found.push(row);
        statement.finish();
      }
      return found;
    },
  },
];

function keyNames({ columns }: TableShape, width: number): string[] {
  return columns.slice(0, width).map(({ name }) => quoted(name));
}

function byKey(table: TableShape, width: number): string {
  const conditions = keyNames(table, width).map((name) => `${name} = ?`);
  return `SELECT * FROM ${quoted(table.name)} WHERE ${conditions.join(" AND ")}`;
}
