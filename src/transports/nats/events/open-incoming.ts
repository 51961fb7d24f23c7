/** Streams of JetStream that facts are read from. */
import type { ConsumerInfo, StreamInfo } from "@nats-io/jetstream";
import type {
  IncomingMessage,
  IncomingOptions,
  IncomingStream,
} from "../../../core/events/incoming.js";
import { InputError } from "../../../core/errors.js";
import { credentialsIn } from "../address.js";
import type { Link } from "../link.js";
import { openLink } from "../open-link.js";
import { CONSUMER_NOT_FOUND, problemOf, STREAM_NOT_FOUND } from "../persist.js";
import { checkFree } from "./holders.js";
import { streamPlace } from "./place.js";
import { NatsReader } from "./reader.js";
import { patiently, streamTrouble } from "./trouble.js";

/** Finds a stream to read from, as a `Transport` promises. */
export async function openIncoming(url: string, options: IncomingOptions): Promise<IncomingStream> {
  const { servers, stream } = streamPlace(url);
  const link = await openLink(servers, credentialsIn(process.env));
  const where = `stream ${stream} of ${link.address}`;
  try {
    const ask = <T>(question: () => Promise<T>) => patiently(where, link.address, question);
    const info = await ask(() => infoOf(link, stream, where));
    checkGives(where, info);
    const consumer = await ask(() => consumerOf(link, stream, options.consumer, where));
    const { first_seq: first, last_seq: last } = info.state;
    const floor = consumer?.ack_floor.stream_seq ?? 0;
    const place = { ...options, stream, where, info, found: consumer };
    const reader = new NatsReader(link, place);
    return {
      address: link.address,
      oldest: first,
      first: Math.max(first, floor + 1),
      next: last + 1,
      peek: (from, count) => ask(() => peek(link, stream, from, count)),
      checkFree: () => ask(() => checkFree(link, place)),
      start: (from) => reader.start(from),
      read: () => reader.read(),
      acknowledge: (from, to) => reader.acknowledge(from, to),
      close: (isOver) => reader.close(isOver),
    };
  } catch (error) {
    await link.connection.close();
    throw streamTrouble(where, link.address, error);
  }
}

async function infoOf({ jsm }: Link, stream: string, where: string): Promise<StreamInfo> {
  try {
    return await jsm.streams.info(stream);
  } catch (error) {
    if (problemOf(error)?.code !== STREAM_NOT_FOUND) throw error;
    throw new InputError(`${where}: there is none. nats stream ls says which there are.`);
  }
}

/** Throws an `InputError` where what was not acknowledged could be gone when it is read again. */
function checkGives(where: string, { config }: StreamInfo): void {
  if (config.retention !== "interest") return;
  throw new InputError(
    `${where} drops what its consumers have read (retention: interest), and a consumer that is made again would miss it. Take one that keeps messages, or a work queue.`,
  );
}

/** The consumer, if it is there. Throws an `InputError` where it is not one of ours. */
async function consumerOf(
  { jsm }: Link,
  stream: string,
  name: string,
  where: string,
): Promise<ConsumerInfo | undefined> {
  let info: ConsumerInfo;
  try {
    info = await jsm.consumers.info(stream, name);
  } catch (error) {
    if (problemOf(error)?.code === CONSUMER_NOT_FOUND) return undefined;
    throw error;
  }
  const {
    ack_policy: policy,
    filter_subject: filter = "",
    deliver_subject: push = "",
    max_ack_pending: most = -1,
  } = info.config;
  // What a part has is acknowledged together, so there may be any number of messages until then.
  if (policy !== "explicit" || push !== "" || filter !== "" || most > 0) {
    throw new InputError(
      `${where}: its consumer ${name} is not one of hellfact's (ack policy ${policy}${filter === "" ? "" : `, filter ${filter}`}${push === "" ? "" : ", push"}${most > 0 ? `, max_ack_pending ${most}` : ""}). Give another --consumer.`,
    );
  }
  return info;
}

async function peek(
  { jsm }: Link,
  stream: string,
  from: number,
  count: number,
): Promise<IncomingMessage[]> {
  const found: IncomingMessage[] = [];
  let next = from;
  while (found.length < count) {
    const query = { seq: next, next_by_subj: ">" };
    const message = await jsm.streams.getMessage(stream, query);
    if (message === null) break;
    found.push({ sequence: message.seq, data: message.data });
    next = message.seq + 1;
  }
  return found;
}
