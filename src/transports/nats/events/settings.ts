/** What a stream has to be like so that facts in it can be relied on. */
import type { StreamConfig } from "@nats-io/jetstream";
import { InputError } from "../../../core/errors.js";

/** How one is made that is not there: nothing in it is ever dropped to make room. */
export function newStream(name: string, replicas: number) {
  return {
    ...{ name, subjects: [`${name}.*`], num_replicas: replicas },
    ...({ storage: "file", retention: "limits", discard: "new" } as const),
    allow_direct: true,
  };
}

/** Throws an `InputError` where a stream cannot promise that each message is in it once. */
export function checkTakes(where: string, config: StreamConfig): void {
  const refuse = (why: string) => {
    throw new InputError(`${where} ${why}. Give another stream; one that is not there is made.`);
  };
  if (config.mirror !== undefined) refuse("is a mirror, which takes what its origin has");
  if (config.sealed) refuse("is sealed, and takes nothing more");
  if (config.no_ack) refuse("acknowledges nothing, so nobody could tell what is in it");
  if (config.retention !== "limits") {
    refuse(
      `drops messages that were read (retention: ${config.retention}), so nobody could tell what of a run it had`,
    );
  }
}

/** What of its settings may lose facts, in sentences. */
export function cautionsOf({
  storage,
  discard,
  num_replicas: replicas,
  max_msgs: messages,
  max_bytes: bytes,
  max_age: age,
  max_msgs_per_subject: ofSubject,
}: StreamConfig): string[] {
  const drops = discard === "old" && (messages > 0 || bytes > 0 || ofSubject > 0);
  return [
    ...(storage === "memory" ? ["the stream is kept in memory: a restart loses it."] : []),
    ...(drops ? ["the stream drops its oldest messages where it is full (discard: old)."] : []),
    ...(age > 0 ? [`the stream drops messages after ${age / 1e9} s (max_age).`] : []),
    ...(storage === "file" && replicas === 1
      ? [
          "acknowledged is what the server has written; it forces files to the disk every two minutes unless its sync_interval says otherwise.",
        ]
      : []),
  ];
}
