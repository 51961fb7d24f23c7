/** What the drivers of SQLite have in common here. */
import type { Row } from "../../../core/store.js";
import type { MakeRow, OpenFetcher, Shape } from "./driver.js";

/** A statement that can give rows as arrays or as objects, whole or one by one. */
export interface Rows {
  all(shape: "array" | "object"): readonly unknown[];
  iterate(shape: "array" | "object"): Iterable<unknown>;
}

/** @param prepared statements by their SQL, each prepared once */
export function sqliteFetcher(
  server: string,
  prepared: (sql: string) => Rows,
  make: MakeRow,
  close: () => void,
): OpenFetcher {
  const known = new Map<string, Rows>();
  const statement = (sql: string): Rows => {
    const rows = known.get(sql) ?? prepared(sql);
    known.set(sql, rows);
    return rows;
  };
  const plain = (shape: Shape) => (shape === "object" ? "object" : "array");
  return {
    server,
    all: (sql, shape) => {
      const rows = statement(sql).all(plain(shape));
      return shape === "class" ? rows.map((row) => make(row as Row)) : rows;
    },
    *iterate(sql, shape) {
      const rows = statement(sql).iterate(plain(shape));
      if (shape === "class") for (const row of rows) yield make(row as Row);
      else yield* rows;
    },
    close,
  };
}
