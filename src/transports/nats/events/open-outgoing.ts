/** Streams of JetStream that facts are published into. */
import type { StreamInfo } from "@nats-io/jetstream";
import type { OutgoingOptions, OutgoingStream } from "../../../core/events/outgoing.js";
import { InputError } from "../../../core/errors.js";
import type { Credentials } from "../../../core/transport.js";
import type { Link } from "../link.js";
import { openLink } from "../open-link.js";
import { problemOf, STREAM_NOT_FOUND } from "../persist.js";
import { usualReplicas } from "../streams.js";
import { streamPlace, subjectOf } from "./place.js";
import { NatsPublisher } from "./publisher.js";
import { ratesAlone } from "./probes.js";
import { cautionsOf, checkTakes, newStream } from "./settings.js";
import { streamTrouble } from "./trouble.js";

/** Sent and not yet acknowledged. More makes nothing faster, and takes memory here and in the server. */
const MOST_IN_FLIGHT = { messages: 256, bytes: 8_000_000 };
const PINGS = 5;

/** Finds a stream, or makes it, as a `Transport` promises. */
export async function openOutgoing(
  url: string,
  credentials: Credentials,
  options: OutgoingOptions,
): Promise<OutgoingStream> {
  const { servers, stream } = streamPlace(url);
  const link = await openLink(servers, credentials);
  try {
    return await outgoing(link, stream, options);
  } catch (error) {
    await link.connection.close();
    throw streamTrouble(placeOf(link, stream), link.address, error);
  }
}

const placeOf = ({ address }: Link, stream: string) => `stream ${stream} of ${address}`;

async function outgoing(
  link: Link,
  stream: string,
  options: OutgoingOptions,
): Promise<OutgoingStream> {
  const { connection, jsm, address } = link;
  const where = placeOf(link, stream);
  const { info, isNew } = await foundOrMade(link, stream, options);
  const { config } = info;
  checkTakes(where, config);
  const { max_payload: payload = 1_048_576, version = "?" } = connection.info ?? {};
  const own = config.max_msg_size > 0 ? config.max_msg_size : Infinity;
  const mostMessageBytes = Math.min(payload, own);
  return {
    ...{ name: stream, isNew, address, mostMessageBytes },
    server: `NATS ${version}`,
    storage: config.storage,
    replicas: config.num_replicas,
    mostInFlight: MOST_IN_FLIGHT,
    cautions: cautionsOf(config),
    publisher: async (run, hooks) => {
      const subject = subjectOf(run, config.subjects);
      if (subject === undefined) {
        throw new InputError(
          `${where} takes ${config.subjects.join(", ")}, and a run needs a subject of its own there: give it one that ends in a wildcard, such as ${stream}.*, or give another stream.`,
        );
      }
      const idSeconds = config.duplicate_window / 1e9;
      const place = { stream, subject, run, where, idSeconds };
      const most = { ...MOST_IN_FLIGHT, messageBytes: mostMessageBytes };
      return NatsPublisher.open(link, place, most, hooks);
    },
    storedBytes: async () => (await jsm.streams.info(stream)).state.bytes,
    ping: async () => {
      let best = Infinity;
      for (let ping = 0; ping < PINGS; ping += 1) {
        const at = performance.now();
        await connection.flush();
        best = Math.min(best, performance.now() - at);
      }
      return best / 1000;
    },
    alone: async (messages, seconds) => {
      const how = { replicas: config.num_replicas, mostInFlight: MOST_IN_FLIGHT, seconds };
      try {
        return await ratesAlone(link, messages, how);
      } catch (error) {
        throw streamTrouble(where, address, error);
      }
    },
    close: () => connection.close(),
  };
}

async function foundOrMade(
  link: Link,
  stream: string,
  { replicas }: OutgoingOptions,
): Promise<{ info: StreamInfo; isNew: boolean }> {
  const { jsm } = link;
  try {
    return { info: await jsm.streams.info(stream), isNew: false };
  } catch (error) {
    if (problemOf(error)?.code !== STREAM_NOT_FOUND) throw error;
  }
  const info = await jsm.streams.add(newStream(stream, replicas ?? usualReplicas(link)));
  return { info, isNew: true };
}
