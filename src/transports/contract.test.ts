/** What every transport must keep: tasks are done once, whoever fails, and whatever is late. */
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type {
  DispatchEvent,
  Dispatcher,
  Lease,
  OpenTransport,
  QueueOptions,
  Receiver,
  Task,
} from "../core/transport.js";
import { loadPlugin } from "../plugins/catalog.js";
import { ownNats } from "../testing/nats.js";

type Event = DispatchEvent<number, string, { kind: string }>;

const nats = await ownNats();
afterAll(async () => {
  if (typeof nats !== "string") await nats.end();
});
const URLS = { local: "local", nats: typeof nats === "string" ? undefined : nats.url };
const LEASE_SECONDS = 1;

let count = 0;

/** A queue with some tasks, as its coordinator and its workers see it. */
class Trial {
  readonly leases: Lease<number, string>[] = [];
  free = 0;

  private constructor(
    readonly transport: OpenTransport,
    readonly dispatcher: Dispatcher<number, string, { kind: string }>,
    readonly receiver: Receiver<number, string, { kind: string }>,
    readonly events: readonly Event[],
  ) {}

  static async open(url: string, tasks: number, options: Partial<QueueOptions> = {}) {
    const transport = await (await loadPlugin("transports", url.split(":")[0] ?? "")).open(url, {});
    const id = `contract${process.pid}x${(count += 1)}`;
    const dispatcher = await transport.dispatcher<number, string, { kind: string }>({
      ...{ id, about: { name: "about" }, leaseSeconds: LEASE_SECONDS, retries: true },
      stages: [{ name: "work", permits: null }],
      ...options,
    });
    let next = 0;
    const supply = {
      mayWorkAhead: true,
      next: (stage: string): Task<number> | undefined => {
        if (next >= tasks) return undefined;
        const body = next++;
        return { key: String(body), stage, body };
      },
    };
    const events: Event[] = [];
    await dispatcher.start(supply, (event) => events.push(event));
    const name = options.id ?? id;
    const receiver = await transport.receiver<number, string, { kind: string }>(name, "first");
    if (receiver === undefined) throw new Error("the queue is not there");
    const trial = new Trial(transport, dispatcher, receiver, events);
    receiver.start({
      demand: () => ({ now: trial.free - trial.leases.length, ahead: 0 }),
      onLease: (lease) => trial.leases.push(lease),
      onFinish: () => receiver.finished(),
      onEnded: () => undefined,
    });
    return trial;
  }

  /** The next task that is handed out. */
  async take(): Promise<Lease<number, string>> {
    this.free += 1;
    this.receiver.poke();
    await until(() => this.leases.length > 0);
    this.free -= 1;
    return this.leases.shift() as Lease<number, string>;
  }

  of<K extends Event["kind"]>(kind: K): Extract<Event, { kind: K }>[] {
    return this.events.filter((event) => event.kind === kind) as Extract<Event, { kind: K }>[];
  }

  async close(): Promise<void> {
    await this.receiver.stop();
    await this.dispatcher.stop(true);
    await this.transport.close();
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(5);
}

describe.each(Object.entries(URLS))("%s", (name, url) => {
  if (url === undefined) console.warn(`${name} is left out: ${nats as string}`);
  const open = (tasks: number, options?: Partial<QueueOptions>) =>
    Trial.open(url ?? "", tasks, options);

  test.skipIf(url === undefined)(
    "every task is handed out once, and what is made of it comes back",
    async () => {
      const trial = await open(20);
      expect(trial.receiver.about as object).toEqual({ name: "about" });
      for (let task = 0; task < 20; task++) {
        const lease = await trial.take();
        expect(await lease.claim(`made of ${lease.task.body}`)).toBe(true);
      }
      await until(() => trial.of("done").length === 20);
      const made = trial.of("done").map(({ task, made: text }) => [task.body, text]);
      expect(made.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 20 }, (_, index) => [index, `made of ${index}`]),
      );
      await trial.close();
    },
  );

  test.skipIf(url === undefined)(
    "what is given back is handed out again, without blame",
    async () => {
      const trial = await open(1);
      for (let time = 1; time <= 4; time++) {
        const lease = await trial.take();
        expect([lease.task.key, lease.delivery]).toEqual(["0", time]);
        lease.release();
      }
      await (await trial.take()).claim("");
      await until(() => trial.of("done").length === 1);
      expect(trial.of("failed")).toEqual([]);
      await trial.close();
    },
  );

  test.skipIf(url === undefined)(
    "a task that fails three times is not tried again, and the others go on",
    async () => {
      const trial = await open(2);
      for (let time = 0; time < 4; time++) {
        const lease = await trial.take();
        if (lease.task.body === 0) lease.fail({ kind: "died", message: "(signal SIGKILL)" });
        else await lease.claim("");
      }
      await until(() => trial.of("failed").length === 3 && trial.of("done").length === 1);
      const failed = trial.of("failed");
      expect(failed.map(({ task, attempts, again }) => [task.body, attempts, again])).toEqual([
        [0, 1, true],
        [0, 2, true],
        [0, 3, false],
      ]);
      expect(failed[0]?.failure.message).toBe("(signal SIGKILL)");
      await trial.close();
    },
  );

  test.skipIf(url === undefined)(
    "no more tasks of a stage are in hands than it has permits, also when that changes",
    async () => {
      const trial = await open(10, { stages: [{ name: "work", permits: 2 }] });
      const held = [await trial.take(), await trial.take()];
      trial.free = 5;
      trial.receiver.poke();
      await setTimeout(300);
      expect(trial.leases).toEqual([]);
      await trial.dispatcher.permit("work", 3);
      await until(() => trial.leases.length === 1);
      await held[0]?.claim("");
      await until(() => trial.leases.length === 2);
      trial.free = 0;
      await trial.close();
    },
  );
});

describe("nats alone", () => {
  const url = URLS.nats;

  test.skipIf(url === undefined)(
    "who comes late loses, and is told so; and nothing counts twice",
    async () => {
      const trial = await Trial.open(url ?? "", 1);
      const first = await trial.take();
      // Frozen: it does not prolong its lease any more.
      (first as unknown as { prolong: () => void }).prolong = () => undefined;
      const second = await trial.take();
      expect([second.task.key, second.delivery, first.isLost]).toEqual(["0", 2, true]);
      expect(await second.claim("second")).toBe(true);
      expect(await first.claim("first")).toBe(false);
      await until(() => trial.of("done").length > 0);
      expect(trial.of("done").map(({ made }) => made)).toEqual(["second"]);
      expect(trial.of("failed").map(({ failure, again }) => [failure.kind, again])).toEqual([
        ["silent", true],
      ]);
      await trial.close();
    },
  );

  test.skipIf(url === undefined)(
    "a stream that is lost is made again, and what was done stays done",
    async () => {
      const trial = await Trial.open(url ?? "", 3);
      await (await trial.take()).claim("before");
      await until(() => trial.of("done").length === 1);
      const { connected } = await import("./nats/connect.js");
      const { loadClient } = await import("./nats/load-client.js");
      const client = await loadClient();
      const { connection } = await connected(client, url ?? "", {});
      const jsm = await client.jetstream.jetstreamManager(connection);
      for await (const stream of jsm.streams.names()) {
        if (stream.startsWith("HELLFACT_contract")) await jsm.streams.delete(stream);
      }
      await connection.close();
      for (let left = 2; left > 0; left--) await (await trial.take()).claim("after");
      await until(() => trial.of("done").length === 3);
      expect(trial.of("mended").map(({ what }) => what)).toEqual([
        expect.stringContaining("was lost"),
      ]);
      await trial.close();
    },
  );

  test.skipIf(url === undefined)(
    "a coordinator that goes on knows what was done before it",
    async () => {
      const id = `again${process.pid}`;
      const before = await Trial.open(url ?? "", 2, { id });
      const lease = await before.take();
      expect(lease.task.key).toBe("0");
      await before.dispatcher.stop(false);
      // Nobody listens: the worker can say so nevertheless.
      expect(await lease.claim("meanwhile")).toBe(true);
      const after = await Trial.open(url ?? "", 2, { id });
      await until(() => after.of("done").length === 1);
      expect(after.of("done")[0]).toMatchObject({ task: { key: "0" }, made: "meanwhile" });
      expect((await after.take()).task.key).toBe("1");
      await before.receiver.stop();
      await before.transport.close();
      await after.close();
    },
  );
});
