/** PostgreSQL by pg: the whole answer at once. */
import { Client } from "pg";
import { installedVersion } from "../../../../core/package-version.js";
import type { Row } from "../../../../core/store.js";
import { rowClass, type FetchDriver } from "../driver.js";
import { serverVersion } from "../postgres.js";

const driver: FetchDriver = {
  name: "pg",
  summary: "the whole answer; rowMode array for arrays and classes",
  open: async (url, columns) => {
    const client = new Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    const make = rowClass(columns);
    return {
      server: `${await serverVersion(client)} by pg ${installedVersion("pg")}`,
      all: async (sql, shape) => {
        if (shape === "object") return (await client.query<object>(sql)).rows;
        const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
        return shape === "array" ? rows : rows.map((row) => make(row as Row));
      },
      close: () => client.end(),
    };
  },
};
export default driver;
