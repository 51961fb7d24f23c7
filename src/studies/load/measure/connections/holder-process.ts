/** A process that holds connections and keeps each of them busy. */
import type { OpenStore, Row } from "../../../../core/store.js";
import { loadStore } from "../../../../plugins/load-store.js";
import { serveTask, type Begun } from "../../../../process/serve.js";
import { makeTable } from "../../tables/make-table.js";
import type { LoadTable } from "../../tables/table.js";
import type { HolderTask, PhaseCounts, PhaseOrder } from "./messages.js";
import { memoryFeed, readerFeed, type RowFeed } from "./rows.js";
import { runQueueSeconds } from "./run-queue.js";

serveTask(async (task: HolderTask): Promise<Begun> => {
  const store = await loadStore(task.store);
  const table = await makeTable(task.table, "");
  const open: OpenStore[] = [];
  for (let index = 0; index < task.connections; index++) {
    const { application, commit, depth } = task;
    open.push(await store.open(task.store.url, { application, commit, pipeline: depth > 1 }));
  }
  return { answer: null, handle: (order: PhaseOrder) => runPhase(task, table, open, order) };
});

/** The first rows compile the code and prepare the statements; they are not counted. */
const WARM_ROWS = 20;

async function runPhase(
  task: HolderTask,
  table: LoadTable,
  open: readonly OpenStore[],
  { phase, seconds, rate }: PhaseOrder,
): Promise<PhaseCounts> {
  const shape = { ...table.shape, name: task.tables[phase] };
  const inserts = open.map((one) => {
    if (one.inserter === undefined) throw new Error(`${one.server} takes no connections`);
    return one.inserter(shape);
  });
  const feed: RowFeed = phase === "reading" ? readerFeed(task.table) : memoryFeed(table);
  for (const insert of inserts) {
    for (let row = 0; row < WARM_ROWS / inserts.length + 1; row++) await insert(await feed.next());
  }
  const before = { server: await serverSeconds(open), queue: runQueueSeconds() };
  const cpu = process.cpuUsage();
  const start = performance.now();
  const loops = inserts.flatMap((insert) => Array.from({ length: task.depth }, () => insert));
  const counted = { committed: 0, sent: 0, latencies: [] as number[] };
  await Promise.all(
    loops.map((insert, index) =>
      loop(insert, feed, counted, {
        start,
        until: start + seconds * 1000,
        everyMilliseconds: rate === null ? null : (loops.length / rate) * 1000,
        offset: index / loops.length,
      }),
    ),
  );
  const used = process.cpuUsage(cpu);
  const wallSeconds = (performance.now() - start) / 1000;
  feed.end();
  const server = await serverSeconds(open);
  const queue = runQueueSeconds();
  return {
    ...counted,
    wallSeconds,
    clientCpuSeconds: (used.user + used.system) / 1e6,
    serverCpuSeconds: server === null || before.server === null ? null : server - before.server,
    runQueueSeconds: queue === null || before.queue === null ? null : queue - before.queue,
  };
}

interface Pace {
  readonly start: number;
  readonly until: number;
  /** Time from one row's beginning to the next one's; `null` for at once. */
  readonly everyMilliseconds: number | null;
  /** A share of that by which this loop begins later. */
  readonly offset: number;
}

/** Inserts a row after the other until time is up. */
async function loop(
  insert: (row: Row) => Promise<void>,
  feed: RowFeed,
  counted: { committed: number; sent: number; latencies: number[] },
  { start, until, everyMilliseconds, offset }: Pace,
): Promise<void> {
  for (let number = 0; ; number++) {
    const row = feed.next();
    const ready = row instanceof Promise ? await row : row;
    let intended = performance.now();
    if (everyMilliseconds !== null) {
      intended = start + (number + offset) * everyMilliseconds;
      const wait = intended - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    if (performance.now() >= until) return;
    counted.sent += 1;
    await insert(ready);
    counted.committed += 1;
    counted.latencies.push(performance.now() - intended);
  }
}

async function serverSeconds(open: readonly OpenStore[]): Promise<number | null> {
  let sum = 0;
  for (const one of open) {
    const seconds = (await one.serverCpuSeconds?.()) ?? null;
    if (seconds === null) return null;
    sum += seconds;
  }
  return sum;
}
