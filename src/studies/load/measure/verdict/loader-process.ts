/** A process that loads groups of rows over some connections, in slices of time. */
import type { OpenStore, Row, Store, TableShape } from "../../../../core/store.js";
import { loadStore } from "../../../../plugins/load-store.js";
import { serveTask, type Begun } from "../../../../process/serve.js";
import { makeTable } from "../../tables/make-table.js";
import type { LoadTable } from "../../tables/table.js";
import { memoryFeed } from "../connections/rows.js";
import { runQueueSeconds } from "../connections/run-queue.js";
import type { LoaderTask, Order, Pings, SliceCounts, SliceOrder } from "./messages.js";

serveTask(async (task: LoaderTask): Promise<Begun> => {
  const loader = new Loader(task, await loadStore(task.store), await makeTable(task.table, ""));
  return { answer: null, handle: (order: Order) => loader.obey(order) };
});

/** What loads one group of rows. */
type Lane = () => Promise<void>;

const PINGS = 20;
/** Groups that each connection loads before the clock of a slice starts, of rows that are few. */
const WARM_GROUPS = 3;
/** What is under way when a slice ends is waited for so long. */
const PATIENCE_SECONDS = 20;

class Loader {
  /** Connections by what they are for. */
  private readonly open = new Map<string, OpenStore[]>();
  private readonly shape: TableShape;
  private readonly next: () => Row;

  constructor(
    private readonly task: LoaderTask,
    private readonly store: Store,
    table: LoadTable,
  ) {
    this.shape = { ...table.shape, name: task.tableName };
    const feed = memoryFeed(table);
    this.next = () => feed.next() as Row;
  }

  async obey(order: Order): Promise<SliceCounts | Pings | null> {
    switch (order.kind) {
      case "one": {
        const [lane] = await this.lanes({ kind: "null", lanes: 1, seconds: 0 });
        await lane?.();
        return null;
      }
      case "ping":
        return { seconds: await this.ping("load"), nullSeconds: await this.ping("null") };
      default: {
        const lanes = await this.lanes(order);
        const counts = await this.slice(lanes, order);
        for (const one of this.closing.splice(0)) await one();
        return counts;
      }
    }
  }

  private readonly closing: (() => Promise<void>)[] = [];

  private async lanes(order: SliceOrder): Promise<Lane[]> {
    const { kind, lanes } = order;
    switch (kind) {
      case "source":
        return Array.from({ length: lanes }, () => async () => void this.group());
      case "null":
        return (await this.connections("null", lanes)).map((one) => this.lane(one, this.shape));
      case "replay":
        return Promise.all(
          Array.from({ length: lanes }, async () => {
            const replay = await this.store.replay?.(this.task.store.url, order.first, order.each);
            if (replay === undefined) throw new Error("this store sends no bytes made before");
            this.closing.push(() => replay.close());
            return () => replay.send();
          }),
        );
      case "load": {
        const { commit, table, delaySeconds } = order;
        const open = await this.connections(commit === "power" ? "load" : "off", lanes);
        const shape = { ...this.shape, name: table };
        return open.map((one) => this.lane(one, shape, delaySeconds));
      }
    }
  }

  /** So many connections of a kind, those that were open before among them. */
  private async connections(kind: "load" | "off" | "null", count: number): Promise<OpenStore[]> {
    const { store, application, nullUrl, connections, isServer } = this.task;
    const open = this.open.get(kind) ?? [];
    if (open.length === 0 && !isServer) await this.closeAll();
    this.open.set(kind, open);
    const url = kind === "null" ? (nullUrl ?? "") : store.url;
    while (open.length < count) {
      const commit = kind === "off" ? "process" : "power";
      const name = open.length < connections ? kind : "more";
      open.push(await this.store.open(url, { application: `${application}-${name}`, commit }));
    }
    return open.slice(0, count);
  }

  private async closeAll(): Promise<void> {
    for (const one of [...this.open.values()].flat()) await one.close();
    this.open.clear();
  }

  private lane(open: OpenStore, shape: TableShape, delaySeconds = 0): Lane {
    const { method, groupRows, slowSeconds } = this.task;
    const spinSeconds = delaySeconds + slowSeconds;
    const insert = groupRows === 1 && method === "one-by-one" ? open.inserter?.(shape) : undefined;
    return async () => {
      if (spinSeconds > 0) spin(spinSeconds);
      if (insert !== undefined) await insert(this.next());
      else await open.load(shape, this.group(), method);
    };
  }

  private group(): Row[] {
    return Array.from({ length: this.task.groupRows }, this.next);
  }

  private async slice(lanes: readonly Lane[], order: SliceOrder): Promise<SliceCounts> {
    const used = this.open.get(order.kind === "load" ? keyOf(order) : order.kind) ?? [];
    await Promise.all(
      lanes.map(async (lane) => {
        const groups = this.task.groupRows > 1 ? 1 : WARM_GROUPS;
        for (let group = 0; group < groups && order.kind !== "source"; group++) await lane();
      }),
    );
    const server = await serverSeconds(used.slice(0, lanes.length));
    const queue = runQueueSeconds();
    const cpu = process.cpuUsage();
    const start = performance.now();
    const until = start + order.seconds * 1000;
    let groups = 0;
    const loops = lanes.map(async (lane) => {
      while (performance.now() < until) {
        await lane();
        groups += 1;
      }
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const why = `no group of rows was committed within ${PATIENCE_SECONDS} s: something holds the table`;
      timer = setTimeout(() => reject(new Error(why)), (order.seconds + PATIENCE_SECONDS) * 1000);
    });
    await Promise.race([Promise.all(loops), late]);
    clearTimeout(timer);
    const spent = process.cpuUsage(cpu);
    const wallSeconds = (performance.now() - start) / 1000;
    const serverAfter = await serverSeconds(used.slice(0, lanes.length));
    const queueAfter = runQueueSeconds();
    return {
      // What was under way at the end counts as well, with the time that it took.
      groups,
      wallSeconds,
      clientCpuSeconds: (spent.user + spent.system) / 1e6,
      serverCpuSeconds: server === null || serverAfter === null ? null : serverAfter - server,
      runQueueSeconds: queue === null || queueAfter === null ? null : queueAfter - queue,
    };
  }

  private async ping(kind: "load" | "null"): Promise<number> {
    if (kind === "null" && this.task.nullUrl === null) return 0;
    const [open] = await this.connections(kind, 1);
    let least = Infinity;
    for (let count = 0; count < PINGS; count++) {
      const start = performance.now();
      await open?.query("SELECT 1");
      least = Math.min(least, (performance.now() - start) / 1000);
    }
    return least;
  }
}

function keyOf(order: SliceOrder): string {
  return order.kind === "load" && order.commit === "process" ? "off" : "load";
}

/** Takes processor time of this thread. */
function spin(seconds: number): void {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until);
}

async function serverSeconds(open: readonly OpenStore[]): Promise<number | null> {
  let sum = 0;
  for (const one of open) {
    const seconds = one.serverCpuSeconds === undefined ? 0 : await one.serverCpuSeconds();
    if (seconds === null) return null;
    sum += seconds;
  }
  return sum;
}
