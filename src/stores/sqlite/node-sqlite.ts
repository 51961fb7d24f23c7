/** SQLite as Node has it inside from 22.13 on. */
import type { Row, Value } from "../../core/store.js";
import { plain, type Connection, type Driver } from "./driver.js";

/** The part of `node:sqlite` that is used; the types of Node 20 have none of it. */
interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => {
    exec(sql: string): void;
    prepare(sql: string): {
      run(...values: unknown[]): unknown;
      all(...values: unknown[]): Record<string, Value>[];
      setReadBigInts(isOn: boolean): void;
    };
    close(): void;
  };
}

/** Rejects where the runtime has no `node:sqlite`. */
export async function loadDriver(): Promise<Driver> {
  const { DatabaseSync } = await importQuietly();
  const given = takesBooleans(new DatabaseSync(":memory:")) ? (values: Row) => values : plain;
  const connect = (file: string): Connection => {
    const database = new DatabaseSync(file);
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        return {
          run: (values) => void statement.run(...given(values)),
          all: (values) => {
            statement.setReadBigInts(true);
            return statement.all(...plain(values)).map((row) => Object.values(row) as Row);
          },
          finish: () => undefined,
        };
      },
      close: () => database.close(),
    };
  };
  return { name: "node:sqlite", hasWal: true, connect };
}

/** Node does from 24 on. */
function takesBooleans(database: InstanceType<NodeSqlite["DatabaseSync"]>): boolean {
  try {
    database.prepare("SELECT ?").all(true);
    return true;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** Without the warning that it is experimental, which belongs on no screen of this tool. */
async function importQuietly(): Promise<NodeSqlite> {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    const name = "node:sqlite";
    return (await import(name)) as NodeSqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
}
