/** An open connection to PostgreSQL, as a store. */
import { readFileSync } from "node:fs";
import type { Client } from "pg";
import { installedVersion } from "../../core/package-version.js";
import {
  creation,
  insertInto,
  otherChecksum,
  partRow,
  PARTS,
  places,
  quoted,
} from "../../core/sql.js";
import {
  namedIn,
  type Activity,
  type Durability,
  type OpenOptions,
  type OpenStore,
  type PartKey,
  type Row,
  type TableShape,
} from "../../core/store.js";
import { connect, sayable } from "./connect.js";
import { LOOK_UPS } from "./look-ups.js";
import { insertRow, METHODS } from "./methods.js";
import { definition } from "./types.js";

/** Tables are made one after the other, whoever else makes the same ones. */
const CREATION_LOCK = 7_240_153;

export async function openPostgres(url: string, options: OpenOptions): Promise<OpenStore> {
  const { client, address } = await connect(url, options);
  const said = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw sayable(address, error);
    }
  };
  const [version, pid] = await said(() => prepareSession(client, options.commit ?? "power"));
  const { host, port, user, database } = address;
  return {
    driver: `pg ${installedVersion("pg")}`.trim(),
    server: `PostgreSQL ${version}`,
    address: `postgres://${user}@${host}:${port}/${database}`,
    create: (table, replace) => said(() => create(client, table, replace)),
    drop: (table) =>
      said(async () => void (await client.query(`DROP TABLE IF EXISTS ${quoted(table)} CASCADE`))),
    load: (table, rows, name) =>
      said(async () => {
        const method = namedIn(METHODS, name, "method");
        if (!method.isAtomic) return method.load(client, table, rows);
        return inTransaction(client, () => method.load(client, table, rows));
      }),
    loadPart: (part, tables, name) =>
      said(async () => {
        await create(client, PARTS, false);
        return inTransaction(client, async () => {
          if (await isPresent(client, part)) return "present";
          for (const { table, rows } of tables)
            await namedIn(METHODS, name, "method").load(client, table, rows);
          return "loaded";
        });
      }),
    durability: () => said(() => durabilityOf(client)),
    query: (sql, values = []) => said(() => queryRows(client, sql, values)),
    lookUp: (table, keys, name) =>
      said(async () =>
        namedIn(LOOK_UPS, name, "way of looking up").find(
          client,
          table,
          keys,
          keys[0]?.length ?? 0,
        ),
      ),
    storedBytes: (table) =>
      said(async () => {
        const found = await client.query<{ bytes: string }>(
          "SELECT pg_total_relation_size($1::regclass) AS bytes",
          [quoted(table)],
        );
        return Number(found.rows[0]?.bytes ?? 0);
      }),
    serverCpuSeconds: () => cpuSecondsOf(pid),
    inserter: (table) => {
      const insert = insertRow(client, table);
      return (row) => said(() => insert(row));
    },
    activity: (application) => said(() => activityOf(client, application)),
    room: () => said(() => roomFor(client)),
    close: () => client.end(),
  };
}

/** Sets what the session is to keep to; returns the server's version and the backend's process. */
async function prepareSession(
  client: Client,
  commit: "power" | "process",
): Promise<[string, number]> {
  await client.query(`SET synchronous_commit = ${commit === "power" ? "on" : "off"}`);
  const { rows } = await client.query<{ version: string; number: string; pid: number }>(
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num') AS number, pg_backend_pid() AS pid`,
  );
  const [found] = rows;
  // So that a statement of a client that was killed ends soon.
  if (Number(found?.number) >= 140_000) {
    await client.query("SET client_connection_check_interval = '200ms'").catch(() => undefined);
  }
  return [found?.version.split(" ", 1)[0] ?? "?", found?.pid ?? 0];
}

async function create(client: Client, table: TableShape, replace: boolean): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(`SELECT pg_advisory_xact_lock(${CREATION_LOCK})`);
    await client.query("SET LOCAL client_min_messages = warning");
    if (replace) await client.query(`DROP TABLE IF EXISTS ${quoted(table.name)} CASCADE`);
    for (const sql of creation(table, (type) => definition(type, table))) await client.query(sql);
  });
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const done = await work();
    await client.query("COMMIT");
    return done;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the connection may be what broke
    throw error;
  }
}

/** Whether a part is there; if not, it is from the end of this transaction on. */
async function isPresent(client: Client, part: PartKey): Promise<boolean> {
  // Of two that load the same part at once, the second waits here for the first to end.
  const inserted = await client.query(
    `${insertInto(PARTS)} VALUES ${places(1, PARTS.columns.length, (place) => `$${place}`)} ON CONFLICT DO NOTHING`,
    [...partRow(part)],
  );
  if (inserted.rowCount === 1) return false;
  const known = await client.query<{ crc32: string }>(
    `SELECT crc32 FROM ${quoted(PARTS.name)} WHERE run = $1 AND from_position = $2 AND to_position = $3`,
    [part.run, part.from, part.to],
  );
  const loaded = known.rows[0]?.crc32 ?? "";
  if (loaded !== part.crc32) throw otherChecksum(part, loaded);
  return true;
}

async function durabilityOf(client: Client): Promise<Durability> {
  const { rows } = await client.query<{ commit: string; sync: string }>(
    "SELECT current_setting('synchronous_commit') AS commit, current_setting('fsync') AS sync",
  );
  const { commit = "?", sync = "?" } = rows[0] ?? {};
  return {
    settings: `synchronous_commit=${commit}${sync === "on" ? "" : ", fsync=off"}`,
    survives: commit !== "off" && sync === "on" ? "power" : "process",
  };
}

async function queryRows(client: Client, sql: string, values: Row): Promise<Row[]> {
  let place = 0;
  const text = sql.replaceAll("?", () => `$${++place}`);
  const found = await client.query<unknown[]>({ text, values: [...values], rowMode: "array" });
  return found.rows as Row[];
}

/** Connections by what they do; one that waits for its client is idle, whatever its transaction. */
async function activityOf(client: Client, application: string): Promise<Activity[]> {
  const { rows } = await client.query<{ what: string; connections: number }>({
    name: "hellfact_activity",
    text: `SELECT CASE WHEN state LIKE 'idle%' OR wait_event = 'ClientRead' THEN 'idle'
                       WHEN wait_event IS NULL THEN 'running'
                       ELSE wait_event_type || ':' || wait_event END AS what,
                  count(*)::int AS connections
           FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() GROUP BY 1`,
    values: [application],
  });
  return rows;
}

async function roomFor(client: Client): Promise<{ most: number; taken: number }> {
  const { rows } = await client.query<{ most: number; taken: number }>(
    `SELECT current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int AS most,
            (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS taken`,
  );
  return rows[0] ?? { most: 0, taken: 0 };
}

/** Processor time of a backend on this machine, by the scheduler's own count in nanoseconds. */
async function cpuSecondsOf(pid: number): Promise<number | null> {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres")) return null;
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e9;
  } catch {
    return null;
  }
}
