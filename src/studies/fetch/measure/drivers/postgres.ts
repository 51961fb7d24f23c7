/** PostgreSQL by the package postgres: the whole answer, or its cursor. */
import { installedVersion } from "../../../../core/package-version.js";
import type { Row } from "../../../../core/store.js";
import { GROUP_ROWS, rowClass, type FetchDriver, type Shape } from "../driver.js";

const driver: FetchDriver = {
  name: "postgres",
  summary: `the whole answer, or its cursor of ${GROUP_ROWS} rows; values() for arrays and classes`,
  open: async (url, columns) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    const make = rowClass(columns);
    const [found] = await sql.unsafe<{ server_version: string }[]>("SHOW server_version");
    const version = found?.server_version.split(" ", 1)[0] ?? "?";
    const shaped = (rows: readonly unknown[], shape: Shape) =>
      shape === "class" ? rows.map((row) => make(row as Row)) : rows;
    return {
      server: `PostgreSQL ${version} by postgres ${installedVersion("postgres")}`,
      all: async (text, shape) => {
        const query = sql.unsafe<Record<string, unknown>[]>(text);
        return shaped(await (shape === "object" ? query : query.values()), shape);
      },
      async *iterate(text, shape) {
        const query = sql.unsafe<Record<string, unknown>[]>(text);
        // Its types leave out that rows of values have a cursor, too.
        const rows = shape === "object" ? query : (query.values() as unknown as typeof query);
        for await (const group of rows.cursor(GROUP_ROWS)) yield shaped(group, shape);
      },
      close: () => sql.end(),
    };
  },
};
export default driver;
