/**
 * The verdict on loads against known truth: a client that is slowed, commits that are delayed, a lock
 * that somebody holds, a server that computes, a network that is slow, and cores that both sides want.
 *
 *     npm run bench:load-verdict -- [cells] [postgres://SUPERUSER@…]
 *
 * Each cause is large beside what else a row takes, over 1 to 8 connections.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { usableCores } from "../src/machine/environment.js";
import { choosePayload } from "../src/payload/payload-choice.js";
import { loadStore } from "../src/plugins/load-store.js";
import { borderless } from "../src/report/layout.js";
import { seededUniform, shuffled } from "../src/stats/random.js";
import type { Cause } from "../src/studies/load/document.js";
import { measureVerdict } from "../src/studies/load/measure/verdict/verdict.js";
import type { TablePlan } from "../src/studies/load/tables/make-table.js";

const MAX_CELLS = Number(process.argv[2] ?? 100) || 100;
const SERVER = process.argv[3] ?? "postgres://postgres@127.0.0.1:5432/test";
const SLICE_SECONDS = 0.2;
const ROUNDS = 5;
const schema = `hellfact_bench_${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-verdict-"));

interface Cell {
  readonly truth: Cause;
  readonly what: string;
  readonly connections: number;
  readonly settings?: string;
  readonly slowSeconds?: number;
  readonly processes?: number;
  readonly burns?: number;
  readonly locked?: boolean;
  readonly delayMilliseconds?: number;
}

function matrix(): Cell[] {
  const cells: Cell[] = [];
  const cores = usableCores();
  for (const connections of [1, 2, 8]) {
    for (const slow of [2, 5]) {
      const slowSeconds = slow / 1000;
      cells.push({ truth: "client CPU", what: `client + ${slow} ms`, connections, slowSeconds });
    }
    for (const delay of [20, 60]) {
      const settings = `-c commit_delay=${delay * 1000} -c commit_siblings=0`;
      cells.push({ truth: "commit/IO", what: `commit + ${delay} ms`, connections, settings });
    }
    cells.push({ truth: "locks", what: "table locked", connections, locked: true });
    for (const burns of [20_000, 60_000]) {
      cells.push({ truth: "server CPU", what: `server counts to ${burns}`, connections, burns });
    }
    for (const delayMilliseconds of [5, 15]) {
      const what = `network + ${2 * delayMilliseconds} ms`;
      cells.push({ truth: "network latency", what, connections, delayMilliseconds });
    }
  }
  for (const slow of [1, 3]) {
    const both = { slowSeconds: slow / 1000, burns: slow * 10_000, processes: 2 * cores };
    const what = `client + ${slow} ms, server counts`;
    cells.push({ truth: "shared cores", what, connections: 4 * cores, ...both });
  }
  return shuffled(cells, seededUniform(7)).slice(0, MAX_CELLS);
}

/** A relay to the server that holds back what goes either way. */
async function relay(milliseconds: number): Promise<{ port: number; close: () => void }> {
  const { hostname, port } = new URL(SERVER);
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on("data", (data) => setTimeout(() => to.write(data), milliseconds));
    from.on("close", () => to.destroy()).on("error", () => to.destroy());
  };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const HELD_MILLISECONDS = 45;
const FREE_MILLISECONDS = 5;

/** Locks the load's table most of the time, and lets it go in between. */
function locker(client: Client): () => Promise<void> {
  const off = new AbortController();
  const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
  const loop = async () => {
    while (!off.signal.aborted) {
      const { rows } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relname LIKE 'hellfact_load_%_base'
         AND relnamespace = '${schema}'::regnamespace`,
      );
      const [table] = rows;
      if (table !== undefined) {
        await client.query(`BEGIN; LOCK TABLE ${schema}.${table.name} IN SHARE MODE`);
        await sleep(HELD_MILLISECONDS);
        await client.query("COMMIT");
      }
      await sleep(FREE_MILLISECONDS);
    }
  };
  const running = loop().catch(() => undefined); // the table may go while it is waited for
  return async () => {
    off.abort();
    await running;
  };
}

async function answerOf(cell: Cell, table: TablePlan, helper: Client): Promise<string> {
  const url = new URL(SERVER);
  url.searchParams.set("options", `-c search_path=${schema} ${cell.settings ?? ""}`.trim());
  const between =
    cell.delayMilliseconds === undefined ? undefined : await relay(cell.delayMilliseconds);
  if (between !== undefined) url.port = String(between.port);
  const unlock = cell.locked === true ? locker(helper) : undefined;
  try {
    const { verdict } = await measureVerdict({
      ...{ store: await loadStore({ url: url.href }), choice: { url: url.href }, table, folder },
      ...{ connections: cell.connections, processes: cell.processes ?? 1 },
      ...{ method: "one-by-one", groupRows: 1, seconds: SLICE_SECONDS, rounds: ROUNDS },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...(cell.slowSeconds !== undefined && { slowSeconds: cell.slowSeconds }),
      ...(cell.burns !== undefined && { constraints: [`CHECK (${schema}.burn(${cell.burns}))`] }),
    });
    if (verdict.kind === "bound") return verdict.by;
    return verdict.kind === "balanced" ? "balanced" : `inconclusive: ${verdict.why}`;
  } finally {
    await unlock?.();
    between?.close();
  }
}

const helper = new Client({ connectionString: SERVER });
await helper.connect();
await helper.query(`CREATE SCHEMA ${schema}`);
await helper.query(
  `CREATE FUNCTION ${schema}.burn(n int) RETURNS boolean LANGUAGE sql VOLATILE
   AS 'SELECT count(*) = n FROM generate_series(1, n)'`,
);
const { payload, pool } = await choosePayload({
  ...{ seed: 42, profile: DEFAULT_PROFILE, schema: null, facts: null, input: null },
});
const plan: TablePlan = { name: "events", payload, poolSize: pool.size, most: 1 };
const lines = borderless({ gap: 2, colAligns: ["left", "right", "left", "left"] });
lines.push(["cause", "conn.", "truth", "verdict"]);
const counts = { right: 0, wrong: 0, unsure: 0 };
try {
  for (const cell of matrix()) {
    const answer = await answerOf(cell, plan, helper);
    const isUnsure = answer === "balanced" || answer.startsWith("inconclusive");
    counts[answer === cell.truth ? "right" : isUnsure ? "unsure" : "wrong"] += 1;
    const sign = answer === cell.truth ? "" : isUnsure ? "  ?" : "  WRONG";
    lines.push([cell.what, String(cell.connections), cell.truth, `${answer}${sign}`]);
    process.stderr.write(`${cell.what}, ${cell.connections}: ${answer}${sign}\n`);
  }
  const all = counts.right + counts.wrong + counts.unsure;
  console.log(`${lines.toString()}\n`);
  console.log(
    `${counts.right} of ${all} right (${((100 * counts.right) / all).toFixed(1)} %, wanted 95 %), ` +
      `${counts.unsure} named nothing, ${counts.wrong} named the wrong one (wanted 0)`,
  );
} finally {
  await helper.query(`DROP SCHEMA ${schema} CASCADE`);
  await helper.end();
  rmSync(folder, { recursive: true, force: true });
}
