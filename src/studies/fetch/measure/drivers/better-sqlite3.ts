/** SQLite by better-sqlite3, where the user has it: it is compiled for one version of Node. */
import { rowClass, type FetchDriver } from "../driver.js";
import { requireFromUser } from "../../../../stores/sqlite/driver.js";
import { sqliteFetcher } from "../sqlite.js";

type BetterSqlite3 = new (file: string) => {
  prepare(sql: string): BetterStatement;
  close(): void;
};

interface BetterStatement {
  all(): unknown[];
  iterate(): Iterable<unknown>;
  raw(isOn: boolean): BetterStatement;
}

const driver: FetchDriver = {
  name: "better-sqlite3",
  summary: "all() and iterate(); raw() for arrays and classes",
  open: async (url, columns) => {
    const Database = requireFromUser("better-sqlite3") as BetterSqlite3;
    const database = new Database(url.replace(/^sqlite:/, ""));
    const [version] = database.prepare("SELECT sqlite_version()").raw(true).all()[0] as [string];
    const prepared = (sql: string) => {
      const [arrays, objects] = [database.prepare(sql).raw(true), database.prepare(sql)];
      const of = (shape: "array" | "object") => (shape === "array" ? arrays : objects);
      return {
        all: (shape: "array" | "object") => of(shape).all(),
        iterate: (shape: "array" | "object") => of(shape).iterate(),
      };
    };
    const server = `SQLite ${version} by better-sqlite3`;
    return sqliteFetcher(server, prepared, rowClass(columns), () => database.close());
  },
};
export default driver;
