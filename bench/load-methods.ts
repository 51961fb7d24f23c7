/**
 * The best general method of each store against a rival with the same rows, interleaved: SQLite and
 * DuckDB against the driver's plain idiom and DuckDB's own `read_json`, PostgreSQL against `psql
 * \copy` with bytes that were made before.
 *
 *     npm run bench:load -- [rows] [postgres://…]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadInput, OpenStore, TableShape } from "../src/core/store.js";
import { loadStore } from "../src/plugins/load-store.js";
import { generatorSource } from "../src/sources/generator.js";
import { collectPool } from "../src/payload/pool.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { eventsTable } from "../src/studies/load/tables/events.js";
import { factsTable } from "../src/studies/load/tables/facts.js";
import type { LoadTable } from "../src/studies/load/tables/table.js";

const [events = "200000", postgres = "postgres://postgres@127.0.0.1:5432/test"] =
  process.argv.slice(2);
const ROWS = { events: Number(events), facts: Math.round(Number(events) / 250) };
const ROUNDS = Number(process.env["ROUNDS"] ?? 7);

const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-load-"));
const { facts } = await collectPool(generatorSource({ seed: 42, from: 0 }), null);
const prefix = `hellfact_bench_${process.pid}_`;

/** What loading once took, in seconds. */
interface Took {
  readonly wall: number;
  /** Processor time of this process, or of client and server together. */
  readonly cpu: number;
  /** The greater of client's and server's: what it takes where each has a core for itself. */
  readonly slower: number;
}

type Contender = () => Promise<Took>;

async function timed(work: () => unknown): Promise<Took> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  return { wall: (performance.now() - start) / 1000, cpu: seconds, slower: seconds };
}

/** Loads a fresh table of a store by a method. */
function loading(
  open: OpenStore,
  table: TableShape,
  input: () => LoadInput,
  method: string,
): Contender {
  return async () => {
    await open.create(table, true);
    const before = (await open.serverCpuSeconds?.()) ?? 0;
    const took = await timed(() => open.load(table, input(), method));
    const server = ((await open.serverCpuSeconds?.()) ?? 0) - before;
    return { ...took, cpu: took.cpu + server, slower: Math.max(took.cpu, server) };
  };
}

/** Interleaves two contenders; prints how many times as fast the first is. */
async function versus(
  title: string,
  ours: Contender,
  rival: Contender,
  wanted: number,
  by: keyof Took = "wall",
): Promise<void> {
  const pairs: { readonly own: number; readonly other: number }[] = [];
  await ours();
  await rival();
  for (let round = 0; round < ROUNDS; round++) {
    // By turns, so that whatever the machine does meanwhile, it does to both.
    const first = round % 2 === 0 ? (await ours())[by] : 0;
    const other = (await rival())[by];
    pairs.push({ own: round % 2 === 0 ? first : (await ours())[by], other });
  }
  const { median, low, high } = medianInterval(pairs.map(({ own, other }) => other / own));
  // Others on the machine only ever add time: what is least is nearest to what it takes alone.
  const least = (time: (pair: (typeof pairs)[number]) => number) => Math.min(...pairs.map(time));
  const best = least(({ other }) => other) / least(({ own }) => own);
  const verdict = median >= wanted ? "met" : "MISSED";
  console.log(
    `${title.padEnd(66)} ${median.toFixed(2)} × (${low.toFixed(2)} to ${high.toFixed(2)}) by ${by}, best of each ${best.toFixed(2)} ×, wanted ${wanted} ×: ${verdict}`,
  );
}

const rowsOf = (table: LoadTable, count: number) => (): LoadInput => ({
  [Symbol.iterator]: () => table.rows(count)[Symbol.iterator](),
});
const named = (table: LoadTable): TableShape => ({
  ...table.shape,
  name: `${prefix}${table.shape.name}`,
});

async function sqlite(): Promise<void> {
  const table = eventsTable(facts);
  for (const driver of ["node-sqlite3-wasm", "node:sqlite", "better-sqlite3"]) {
    const url = `sqlite:${join(folder, "bench.db")}?driver=${driver}`;
    const store = await loadStore({ url });
    const open = await store.open(url).catch(() => undefined);
    if (open === undefined) continue;
    const load = (method: string) =>
      loading(open, named(table), rowsOf(table, ROWS.events), method);
    for (const by of ["wall", "cpu"] as const) {
      await versus(
        `sqlite, ${driver}: ${store.defaultMethod} / one-transaction`,
        load(store.defaultMethod),
        load("one-transaction"),
        1.3,
        by,
      );
    }
    await open.close();
  }
}

async function duckdb(): Promise<void> {
  const url = `duckdb:${join(folder, "bench.duckdb")}`;
  const store = await loadStore({ url });
  const open = await store.open(url);
  for (const [name, table] of [
    ["events", eventsTable(facts)],
    ["facts", factsTable(facts)],
  ] as const) {
    const shape = named(table);
    const file = join(folder, `${name}.ndjson`);
    const names = shape.columns.map((column) => column.name);
    const lines = [...table.rows(ROWS[name])].map((row) =>
      name === "facts"
        ? String(row[1])
        : JSON.stringify(Object.fromEntries(names.map((key, at) => [key, row[at]]))),
    );
    writeFileSync(file, `${lines.join("\n")}\n`);
    const types = "BIGINT,INTEGER,BIGINT,VARCHAR,VARCHAR,INTEGER,DOUBLE,DOUBLE".split(",");
    const columns = names.map((key, at) => `${key}: '${types[at] ?? ""}'`).join(", ");
    const own =
      name === "events"
        ? `SELECT * FROM read_json('${file}', columns = {${columns}}, format = 'newline_delimited', records = true)`
        : `SELECT row_number() OVER () - 1, json FROM read_ndjson_objects('${file}', maximum_object_size = 268435456)`;
    const rival: Contender = async () => {
      await open.create(shape, true);
      return timed(() => open.query(`INSERT INTO "${shape.name}" ${own}`));
    };
    const fromFile = () => (name === "facts" ? { file, firstDocument: 0 } : { file });
    await versus(
      `duckdb, ${name}: read-json / its own read_json`,
      loading(open, shape, fromFile, "read-json"),
      rival,
      0.9,
    );
    await versus(
      `duckdb, ${name}: ${store.defaultMethod} from memory / its own read_json`,
      loading(open, shape, rowsOf(table, ROWS[name]), store.defaultMethod),
      rival,
      0.9,
    );
    if (name === "events") {
      const load = (method: string) => loading(open, shape, rowsOf(table, 2_000), method);
      await versus(
        `duckdb, 2,000 events: ${store.defaultMethod} / one-transaction`,
        load(store.defaultMethod),
        load("one-transaction"),
        1.3,
      );
    }
  }
  await open.close();
}

/** What a command of psql takes: by its own clock, and of its own and its backend's processor time. */
function psqlTook(where: string, command: string) {
  const script = join(where, "script.sql");
  const look = (name: string) => `\\set ${name} \`cut -d' ' -f1 /proc/:pid/schedstat\``;
  const lines = [
    "SELECT pg_backend_pid() AS pid \\gset",
    ...[look("before"), "\\timing on", command, "\\timing off", look("after")],
    "\\echo server :before :after",
  ];
  writeFileSync(script, `${lines.join("\n")}\n`);
  const shell = `TIMEFORMAT='client %U %S'; time psql "$1" -qX -f "$2"`;
  const said = execFileSync("bash", ["-c", `{ ${shell}; } 2>&1`, "bash", postgres, script], {
    encoding: "utf8",
  });
  const figures = (pattern: RegExp) => (pattern.exec(said) ?? []).slice(1).map(Number);
  const [user = NaN, system = NaN] = figures(/client ([\d.]+) ([\d.]+)/);
  const [before = NaN, after = NaN] = figures(/server (\d+) (\d+)/);
  const [milliseconds = NaN] = figures(/Time: ([\d.]+) ms/);
  return { wall: milliseconds / 1000, client: user + system, server: (after - before) / 1e9 };
}

async function postgresql(): Promise<void> {
  const store = await loadStore({ url: postgres });
  const open = await store.open(postgres).catch((error: Error) => console.log(error.message));
  if (open === undefined) return;
  const tables: [string, LoadTable][] = [
    ["events", eventsTable(facts)],
    ["facts as jsonb", factsTable(facts, "jsonb")],
    ["facts as json", factsTable(facts, "json")],
    ["facts as text", factsTable(facts, "text")],
  ];
  for (const [title, table] of tables) {
    const shape = named(table);
    const count = title === "events" ? ROWS.events : ROWS.facts;
    const file = join(folder, "rows.tsv");
    const escape = (value: unknown) => String(value).replaceAll("\\", "\\\\");
    writeFileSync(
      file,
      [...table.rows(count)].map((row) => `${row.map(escape).join("\t")}\n`).join(""),
    );
    const psql: Contender = async () => {
      await open.create(shape, true);
      const idle = psqlTook(folder, "");
      const took = psqlTook(folder, `\\copy "${shape.name}" from '${file}'`);
      const client = took.client - idle.client;
      const server = took.server - idle.server;
      return { wall: took.wall, cpu: client + server, slower: Math.max(client, server) };
    };
    for (const method of ["copy-binary", "copy-text"]) {
      for (const by of ["slower", "cpu", "wall"] as const) {
        await versus(
          `postgres, ${title}: ${method} / psql \\copy of bytes made before`,
          loading(open, shape, rowsOf(table, count), method),
          psql,
          0.9,
          by,
        );
      }
    }
    await open.drop(shape.name);
  }
  await open.close();
}

try {
  const only = process.env["ONLY"];
  for (const [name, bench] of Object.entries({ sqlite, duckdb, postgresql })) {
    if (only === undefined || only === name) await bench();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
