/** Messages that are lost between a server and a reader, as where a connection breaks in a pull. */
import { afterAll, expect, test } from "vitest";
import { ownNats } from "../../../testing/nats.js";
import type { Link } from "../link.js";
import { openLink } from "../open-link.js";
import { positionOf } from "../pulls.js";
import { NatsReader } from "./reader.js";

const nats = await ownNats();
const server = typeof nats === "string" ? "" : nats.url;
if (typeof nats === "string") console.warn(`skipped: ${nats}`);
afterAll(async () => {
  if (typeof nats !== "string") await nats.end();
});

const MESSAGES = 200;

/** A link on whose way here messages of a stream are lost, each once. */
function losing(link: Link, from: number, to: number): Link {
  const lost = new Set<number>();
  const { connection } = link;
  const subscribe: typeof connection.subscribe = (subject, { callback, ...options } = {}) =>
    connection.subscribe(subject, {
      ...options,
      callback: (error, message) => {
        const { sequence } = positionOf(message.reply ?? "");
        const isLost = sequence >= from && sequence <= to && !lost.has(sequence);
        if (isLost) lost.add(sequence);
        else void callback?.(error, message);
      },
    });
  const lossy = Object.create(connection, { subscribe: { value: subscribe } }) as typeof connection;
  return { ...link, connection: lossy };
}

test.skipIf(server === "").each([
  ["fewer than a batch, at the end", 129, MESSAGES],
  ["the last one", MESSAGES, MESSAGES],
  ["the first ones", 1, 30],
])("what is lost on the way comes again: %s", async (_, from, to) => {
  const link = await openLink(server, {});
  const stream = `lost_${from}_${to}`;
  await link.jsm.streams.add({ name: stream, subjects: [stream] });
  for (let id = 1; id <= MESSAGES; id += 1) link.connection.publish(stream, `{"id":${id}}`);
  await link.connection.flush();
  const info = await link.jsm.streams.info(stream);
  const place = { stream, consumer: "own", isOwn: true, where: stream, info, found: undefined };
  const reader = new NatsReader(losing(link, from, to), place);
  await reader.start(1);
  const sequences: number[] = [];
  for (;;) {
    const messages = await reader.read();
    if (messages.length === 0) break;
    sequences.push(...messages.map(({ sequence }) => sequence));
  }
  await reader.close(true);
  expect(sequences).toEqual(Array.from({ length: MESSAGES }, (__, index) => index + 1));
});
