/** SQLite as Node has it inside from 22.13 on. */
import { rowClass, type FetchDriver } from "../driver.js";
import { sqliteFetcher } from "../sqlite.js";

/** The part that is used; the types of Node 20 have none of it. */
interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => {
    prepare(sql: string): {
      all(): object[];
      get(): object;
      iterate(): Iterable<object>;
      /** From Node 24 on. */
      setReturnArrays?(isOn: boolean): void;
    };
    close(): void;
  };
}

const driver: FetchDriver = {
  name: "node:sqlite",
  summary: "all() and iterate(); arrays by setReturnArrays, or of objects' values before Node 24",
  open: async (url, columns) => {
    const name = "node:sqlite";
    const { DatabaseSync } = (await import(name)) as NodeSqlite;
    const database = new DatabaseSync(url.replace(/^sqlite:/, ""));
    const version = String(Object.values(database.prepare("SELECT sqlite_version()").get())[0]);
    const prepared = (sql: string) => {
      const [arrays, objects] = [database.prepare(sql), database.prepare(sql)];
      arrays.setReturnArrays?.(true);
      const isNative = arrays.setReturnArrays !== undefined;
      const values = function* () {
        for (const row of arrays.iterate()) yield isNative ? row : Object.values(row);
      };
      return {
        all: (shape: "array" | "object") => {
          if (shape === "object") return objects.all();
          return isNative ? arrays.all() : arrays.all().map((row) => Object.values(row));
        },
        iterate: (shape: "array" | "object") => (shape === "object" ? objects.iterate() : values()),
      };
    };
    const server = `SQLite ${version} by node:sqlite of Node ${process.versions.node}`;
    return sqliteFetcher(server, prepared, rowClass(columns), () => database.close());
  },
};
export default driver;
