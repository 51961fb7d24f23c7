/** SQLite by better-sqlite3, where the user has it: it is compiled for one version of Node. */
import type { Row } from "../../core/store.js";
import { plain, requireFromUser, type Connection, type Driver } from "./driver.js";

type BetterSqlite3 = new (file: string) => {
  exec(sql: string): void;
  prepare(sql: string): BetterStatement;
  close(): void;
};

interface BetterStatement {
  run(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
  raw(isOn: boolean): BetterStatement;
  safeIntegers(isOn: boolean): BetterStatement;
}

/** Throws where the package is missing or was built for another runtime. */
export function loadDriver(): Driver {
  const Database = requireFromUser("better-sqlite3") as BetterSqlite3;
  const connect = (file: string): Connection => {
    const database = new Database(file);
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        return {
          run: (values) => void statement.run(...values),
          all: (values) =>
            statement
              .safeIntegers(true)
              .raw(true)
              .all(...plain(values)) as Row[],
          finish: () => undefined,
        };
      },
      close: () => database.close(),
    };
  };
  connect(":memory:").close(); // its native part loads only now
  return { name: "better-sqlite3", hasWal: true, connect };
}
