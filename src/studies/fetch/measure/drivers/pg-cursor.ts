/** PostgreSQL by pg and a portal of pg-cursor: groups of rows. */
import { Client } from "pg";
import { installedVersion } from "../../../../core/package-version.js";
import type { Row } from "../../../../core/store.js";
import { GROUP_ROWS, rowClass, type FetchDriver } from "../driver.js";
import { serverVersion } from "../postgres.js";

const driver: FetchDriver = {
  name: "pg-cursor",
  summary: `a portal, ${GROUP_ROWS} rows at a time`,
  open: async (url, columns) => {
    const { default: Cursor } = await import("pg-cursor");
    const client = new Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    const make = rowClass(columns);
    return {
      server: `${await serverVersion(client)} by pg-cursor ${installedVersion("pg-cursor")}`,
      async *iterate(sql, shape) {
        const config = shape === "object" ? undefined : { rowMode: "array" as const };
        const cursor = client.query(new Cursor<unknown>(sql, [], config));
        try {
          for (;;) {
            const rows = await cursor.read(GROUP_ROWS);
            if (rows.length === 0) return;
            yield shape === "class" ? rows.map((row) => make(row as Row)) : rows;
          }
        } finally {
          await cursor.close();
        }
      },
      close: () => client.end(),
    };
  },
};
export default driver;
