import { createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { jetstreamManager, RetentionPolicy } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { jetstream } from "@nats-io/jetstream";
import { ownNats, type OwnNats } from "../../../src/testing/nats.js";
import type { Case, Category } from "../case.js";
import { HOSTILE_TEXT } from "../hostile.js";

const URLS: readonly string[] = [
  ...[
    "",
    "nats",
    "nats:",
    "nats://",
    "nats://:4222",
    "nats://127.0.0.1:0",
    "nats://127.0.0.1:99999",
  ],
  ...["nats://127.0.0.1:x", "nats://127.0.0.1:1", "nats://a b", "nats://,", "nats://127.0.0.1:1,"],
  ...[
    "http://127.0.0.1:1",
    "tls://127.0.0.1:1",
    "nats://u:p@127.0.0.1:1",
    "\u001b[31m",
    HOSTILE_TEXT,
  ],
  ...["nats://none.invalid", "nats://[::1]:1", "nats://[", "nats:///x", "x".repeat(5000)],
];
/** What servers that are not NATS say to whoever connects; `null` ends the connection at once. */
const SPOKEN: readonly (string | null)[] = [
  ...[null, "", "HTTP/1.1 400 Bad Request\r\n\r\n", "INFO {\r\n", "INFO null\r\n", "INFO 5\r\n"],
  ...["INFO {}\r\n", "-ERR 'x'\r\n", "\u0000\u0001\r\n", `INFO ${"x".repeat(1 << 20)}`],
];
/** What somebody else puts where messages of a queue are expected. */
const GARBAGE: readonly string[] = [
  ...["", "{", "null", "5", '"x"', "[]", "{}", "\u0000", HOSTILE_TEXT, '{"id":5}', '{"id":null}'],
  ...['{"id":"none"}', '{"id":"../x"}', '{"order":"none"}', '{"order":5}', '[{"worker":5}]'],
  ...[
    '{"about":null,"stages":[],"leaseSeconds":1}',
    '{"about":{},"stages":["x"],"leaseSeconds":1}',
  ],
  ...[
    '{"about":{"kind":"run","version":"0.0.1","plan":{"folder":"x"}},"stages":["x"],"leaseSeconds":2}',
  ],
  ...[
    '{"about":{"kind":"run","version":"0.1.0","plan":{"folder":5}},"stages":5,"leaseSeconds":"x"}',
  ],
  ...[
    '{"about":{"kind":"run","version":"0.1.0","plan":{"folder":"."}},"stages":["x"],"leaseSeconds":2}',
  ],
];
const QUEUE = "0123456789abcdef";

let nats: OwnNats | undefined;
const connections: NatsConnection[] = [];
const servers: ReturnType<typeof createServer>[] = [];
const sockets: Socket[] = [];

/** Addresses of clusters that are none, servers that are not NATS, and garbage in messages and streams. */
const category: Category = {
  name: "cluster",
  cases: async (_scratch, isShort) => {
    const accounts = GARBAGE.map(
      (_text, index) =>
        `a${index} { jetstream: enabled, users: [{ user: u${index}, password: p }] }`,
    );
    const started = await ownNats(1, `accounts { ${accounts.join("\n")} }`);
    if (typeof started === "string") console.error(`cluster: ${started}: only what needs none.`);
    else nats = started;
    const strangers = await Promise.all(SPOKEN.map(stranger));
    const places = [...URLS, ...strangers].flatMap((url): Case[] => [
      { words: ["work", url, "--cores", "1", "--idle", "1s", "--quiet"], exits: [1, 2] },
      {
        words: ["run", "--cluster", url, "--facts", "4", "--sink", "file:x", "--quiet"],
        exits: [1, 2],
      },
    ]);
    if (nats === undefined) return places;
    const garbage: Case[] = [];
    for (const [index, text] of GARBAGE.slice(isShort ? -1 : 0).entries()) {
      const url = nats.url.replace("//", `//u${index}:p@`);
      await litter(url, text);
      garbage.push(
        { words: ["work", url, "--cores", "1", "--idle", "1s"], exits: [0], lines: 9, alone: true },
        { shell: runThrough(url), exits: [0], lines: 9 },
      );
    }
    return [...places, ...garbage];
  },
  end: async () => {
    for (const connection of connections) await connection.close().catch(() => undefined);
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    await nats?.end();
  },
};
export default category;

/** A run whose worker and coordinator hear garbage all the time, and that is whole all the same. */
function runThrough(url: string): string {
  const words = "--facts 20 --fact-size 4KB --roll 20KB --sink file:x --quiet";
  return [
    `"$(command -v node)" "$MAIN" work ${url} --cores 1 & worker=$!`,
    `timeout 40 "$(command -v node)" "$MAIN" run --cluster ${url} ${words}; code=$?`,
    "kill -TERM $worker; wait $worker || exit 8",
    '[ "$code" = 0 ] || exit 9',
    "hellfact verify x --quiet",
  ].join("\n");
}

/** A server that says one thing. */
async function stranger(said: string | null): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    if (said === null) socket.destroy();
    else socket.write(said);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `nats://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Puts garbage into a queue that nobody made, and goes on telling it to all who listen. */
async function litter(url: string, text: string): Promise<void> {
  const { host } = new URL(url);
  const { username: user, password: pass } = new URL(url);
  const connection = await connect({ servers: host, user, pass });
  connections.push(connection);
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: `HELLFACT_${QUEUE}`,
    subjects: [`hellfact.${QUEUE}.task.>`],
    retention: RetentionPolicy.Workqueue,
  });
  const bucket = await new Kvm(jetstream(connection)).create(`hellfact_${QUEUE}`);
  await bucket.put("about", text);
  connection.publish(`hellfact.${QUEUE}.task.x.1`, text);
  const ids = new Set([QUEUE]);
  connection.subscribe("hellfact.announce", {
    callback: (_, message) => {
      const [, id] = /"id":"(\w+)"/.exec(message.string()) ?? [];
      if (id !== undefined) ids.add(id);
    },
  });
  void (async () => {
    while (!connection.isClosed()) {
      connection.publish("hellfact.announce", text);
      for (const id of ids) {
        for (const subject of ["news", "leases", "orders"]) {
          connection.publish(`hellfact.${id}.${subject}`, text);
        }
      }
      await sleep(300);
    }
  })();
}
