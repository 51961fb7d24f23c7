import type { IncomingStream } from "../../core/events/incoming.js";
import { loadPlugin } from "../../plugins/catalog.js";
import type { EventsPlan } from "./plan.js";

/** Connects to the stream that a plan names. Rejects as a `Transport` does. */
export async function openEvents({
  path,
  consumer,
  isOwn,
}: Pick<EventsPlan, "path" | "consumer" | "isOwn">): Promise<IncomingStream> {
  const transport = await loadPlugin("transports", "nats");
  const stream = await transport.openIncoming?.(path, { consumer, isOwn });
  if (stream === undefined) throw new Error("nats keeps streams");
  return stream;
}
