/** SQLite in WebAssembly, which gives objects only. */
import type { Database as WasmDatabase } from "node-sqlite3-wasm";
import { installedVersion } from "../../../../core/package-version.js";
import { rowClass, type FetchDriver } from "../driver.js";
import { sqliteFetcher } from "../sqlite.js";

const driver: FetchDriver = {
  name: "node-sqlite3-wasm",
  summary: "all() and iterate(); arrays are objects' values, for it has no others",
  open: async (url, columns) => {
    const { default: library } = (await import("node-sqlite3-wasm")) as unknown as {
      default: { Database: typeof WasmDatabase };
    };
    const database = new library.Database(url.replace(/^sqlite:/, ""), { readOnly: true });
    const version = String(Object.values(database.get("SELECT sqlite_version()") ?? {})[0]);
    const statements: { finalize(): void }[] = [];
    const prepared = (sql: string) => {
      const statement = database.prepare(sql);
      statements.push(statement);
      const values = function* () {
        for (const row of statement.iterate()) yield Object.values(row as object);
      };
      return {
        all: (shape: "array" | "object") => {
          const rows = statement.all();
          return shape === "object" ? rows : rows.map((row) => Object.values(row as object));
        },
        iterate: (shape: "array" | "object") =>
          shape === "object" ? statement.iterate() : values(),
      };
    };
    const server = `SQLite ${version} by node-sqlite3-wasm ${installedVersion("node-sqlite3-wasm")}`;
    return sqliteFetcher(server, prepared, rowClass(columns), () => {
      for (const statement of statements) statement.finalize();
      database.close();
    });
  },
};
export default driver;
