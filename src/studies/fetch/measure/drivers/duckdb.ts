/** DuckDB: the whole answer, or a chunk of columns at a time. */
import type { DuckDBResult } from "@duckdb/node-api";
import { installedVersion } from "../../../../core/package-version.js";
import type { Row } from "../../../../core/store.js";
import { rowClass, type FetchDriver } from "../driver.js";

const driver: FetchDriver = {
  name: "@duckdb/node-api",
  summary: "the whole answer, or a stream of chunks of 2,048 rows; values as JavaScript has them",
  open: async (url, columns) => {
    const { DuckDBInstance, version } = await import("@duckdb/node-api");
    const file = url.replace(/^duckdb:/, "");
    const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const make = rowClass(columns);
    return {
      server: `DuckDB ${version()} by @duckdb/node-api ${installedVersion("@duckdb/node-api")}`,
      all: async (sql, shape) => {
        const result: DuckDBResult = await connection.run(sql);
        if (shape === "object") return result.getRowObjectsJS();
        const rows = await result.getRowsJS();
        return shape === "array" ? rows : rows.map((row) => make(row as Row));
      },
      async *iterate(sql, shape) {
        const result = await connection.stream(sql);
        if (shape === "object") {
          yield* result.yieldRowObjectJs();
          return;
        }
        for await (const rows of result.yieldRowsJs()) {
          yield shape === "array" ? rows : rows.map((row) => make(row as Row));
        }
      },
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  },
};
export default driver;
