/** What parts of the way into a stream can do alone: with messages made before, so that nothing but sending them counts. */
import { randomBytes } from "node:crypto";
import type { AloneRates } from "../../../core/events/outgoing.js";
import type { Link } from "../link.js";

/** A stream that is only measured with keeps no more than that. */
const MOST_BYTES = 256_000_000;

export interface ProbeOptions {
  readonly replicas: number;
  readonly mostInFlight: { readonly messages: number; readonly bytes: number };
  /** How long each part is measured. */
  readonly seconds: number;
}

/**
 * Messages a second to nobody (no JetStream), into a stream in memory, and into one in files. Both streams are made
 * for it, and go again. Rejects with what the server says where it lets nobody make streams.
 */
export async function ratesAlone(
  link: Link,
  messages: readonly Uint8Array[],
  options: ProbeOptions,
): Promise<AloneRates> {
  const id = randomBytes(4).toString("hex");
  return {
    nobody: await toNobody(link, `hellfact.probe.${id}`, messages, options),
    memory: await intoStream(link, `HELLFACT_PROBE_M${id}`, "memory", messages, options),
    file: await intoStream(link, `HELLFACT_PROBE_F${id}`, "file", messages, options),
  };
}

async function toNobody(
  { connection }: Link,
  subject: string,
  messages: readonly Uint8Array[],
  { seconds, mostInFlight }: ProbeOptions,
): Promise<number> {
  const startedAt = performance.now();
  const passed = () => (performance.now() - startedAt) / 1000;
  let sent = 0;
  let [openMessages, openBytes] = [0, 0];
  while (passed() < seconds) {
    const message = messages[sent % messages.length] ?? new Uint8Array();
    connection.publish(subject, message);
    sent += 1;
    openMessages += 1;
    openBytes += message.length;
    if (openMessages < mostInFlight.messages && openBytes < mostInFlight.bytes) continue;
    await connection.flush();
    [openMessages, openBytes] = [0, 0];
  }
  await connection.flush();
  return sent / passed();
}

async function intoStream(
  { js, jsm }: Link,
  name: string,
  storage: "file" | "memory",
  messages: readonly Uint8Array[],
  { seconds, mostInFlight, replicas }: ProbeOptions,
): Promise<number> {
  await jsm.streams.add({
    ...{ name, subjects: [name], storage, num_replicas: replicas },
    ...{ max_bytes: MOST_BYTES, discard: "old" },
  });
  try {
    const startedAt = performance.now();
    const passed = () => (performance.now() - startedAt) / 1000;
    const open: { readonly bytes: number; readonly kept: Promise<unknown> }[] = [];
    let sent = 0;
    let openBytes = 0;
    const settle = async () => {
      const oldest = open.shift();
      openBytes -= oldest?.bytes ?? 0;
      await oldest?.kept;
    };
    while (passed() < seconds) {
      const message = messages[sent % messages.length] ?? new Uint8Array();
      while (open.length >= mostInFlight.messages || openBytes >= mostInFlight.bytes) {
        await settle();
      }
      open.push({ bytes: message.length, kept: js.publish(name, message) });
      openBytes += message.length;
      sent += 1;
    }
    while (open.length > 0) await settle();
    return sent / passed();
  } finally {
    await jsm.streams.delete(name).catch(() => undefined);
  }
}
