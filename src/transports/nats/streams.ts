/** The streams, consumers and the bucket of a queue: made, and taken away. */
import type { QueueOptions, StageOptions } from "../../core/transport.js";
import { HellfactError, UnavailableError } from "../../core/errors.js";
import { openBucket, type Link } from "./link.js";
import { ABOUT_KEY, bucketOf, bucketStreamOf, stageSubject, streamOf, tasksOf } from "./names.js";
import { persist, problemOf } from "./persist.js";
import { queueIn, type QueueEntry } from "./wire.js";

/** A task that was handed out so often and not heard of again is what ends its workers. */
export const MAX_DELIVERIES = 10;
const NO_END = 100_000;
const NANOSECONDS = 1e9;
/** What nobody went on with for so long is forgotten. */
const KEPT_MILLISECONDS = 7 * 86_400_000;
const NAME_IN_USE = 10058;
export const NO_JETSTREAM = new Set([10076, 10039]);

/** Makes everything that a queue needs, or finds it. What is there of tasks goes; of claims stays. */
export async function makeQueue(
  link: Link,
  options: QueueOptions,
  isWanted: () => boolean,
): Promise<void> {
  const { jsm, client, js } = link;
  const { id, about, stages, leaseSeconds } = options;
  const { RetentionPolicy, StorageType } = client.jetstream;
  const replicas = options.replicas ?? usualReplicas(link);
  const stream = streamOf(id);
  try {
    await persist(async () => {
      const config = {
        ...{ name: stream, subjects: [tasksOf(id)], num_replicas: replicas },
        ...{ retention: RetentionPolicy.Workqueue, storage: StorageType.File },
      };
      try {
        await jsm.streams.add(config);
      } catch (error) {
        if (problemOf(error)?.code !== NAME_IN_USE) throw error;
        await jsm.streams.delete(stream);
        await jsm.streams.add(config);
      }
      await jsm.streams.purge(stream);
    }, isWanted);
    for (const stage of stages) await persist(() => setPermits(link, options, stage), isWanted);
    await persist(async () => {
      const bucket = await new client.kv.Kvm(js).create(bucketOf(id), {
        ...{ replicas, history: 1, ttl: KEPT_MILLISECONDS, storage: StorageType.File },
      });
      const entry: QueueEntry = { about, leaseSeconds, stages: stages.map(({ name }) => name) };
      await bucket.put(ABOUT_KEY, JSON.stringify(entry));
    }, isWanted);
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    if (NO_JETSTREAM.has(problem.code)) {
      throw new UnavailableError(
        `${link.address} has no JetStream. Start it with nats-server -js.`,
      );
    }
    throw new HellfactError(`${link.address}: ${problem.text}.`);
  }
}

/** How many tasks of a stage may be in hands at once: what JetStream has a counting semaphore for. */
export async function setPermits(
  { jsm, client }: Link,
  { id, leaseSeconds }: QueueOptions,
  { name, permits }: StageOptions,
): Promise<void> {
  await jsm.consumers.add(streamOf(id), {
    durable_name: name,
    filter_subject: stageSubject(id, name),
    ack_policy: client.jetstream.AckPolicy.Explicit,
    ack_wait: leaseSeconds * NANOSECONDS,
    max_deliver: MAX_DELIVERIES,
    max_ack_pending: permits ?? NO_END,
  });
}

/** Whether somebody's hands or the stream have tasks; `undefined` where there is no stream. */
export async function hasTasks({ jsm }: Link, { id, stages }: QueueOptions): Promise<boolean> {
  for (const { name } of stages) {
    const info = await jsm.consumers.info(streamOf(id), name);
    if (info.num_pending + info.num_ack_pending > 0) return true;
  }
  return false;
}

export async function removeQueue({ jsm }: Link, id: string): Promise<void> {
  for (const stream of [streamOf(id), bucketStreamOf(id)]) {
    await jsm.streams.delete(stream).catch(() => undefined);
  }
}

/** What a queue says of itself, or `undefined` where it is gone, or says nothing that is understood. */
export async function queueEntry(link: Link, id: string): Promise<QueueEntry | undefined> {
  try {
    const entry = await (await openBucket(link, bucketOf(id))).get(ABOUT_KEY);
    return entry === null ? undefined : queueIn(entry.value);
  } catch {
    return undefined;
  }
}

/** JetStream keeps up to three copies of a stream; a single server none but its own. */
export function usualReplicas({ connection }: Link): number {
  const { cluster, connect_urls: urls } = connection.info ?? {};
  return cluster !== undefined && (urls?.length ?? 0) >= 3 ? 3 : 1;
}
