/**
 * Who else reads: a consumer gives each message to one reader, and a work queue has one consumer. Whoever reads listens
 * on a subject that is named by the consumer, and goes from there with its connection.
 */
import { InputError } from "../../../core/errors.js";
import type { Link } from "../link.js";
import { CONSUMER_NOT_FOUND, problemOf } from "../persist.js";
import type { ReaderPlace } from "./place.js";

const ANSWER_MILLISECONDS = 2000;

/** Below the inboxes, where every user may listen and ask. */
const subjectOf = ({ stream, consumer }: ReaderPlace) => `_INBOX.hellfact.${stream}.${consumer}`;

/** Answers those who ask whether somebody reads by the consumer, until the connection is closed. */
export function hold({ connection }: Link, place: ReaderPlace): void {
  connection.subscribe(subjectOf(place), {
    // One who may not listen cannot be found, and reads all the same.
    callback: (error, message) => {
      if (error === null) message.respond();
    },
  });
}

/** Rejects with an `InputError` where somebody reads by the consumer, or the work queue has another one. */
export async function checkFree(link: Link, place: ReaderPlace): Promise<void> {
  await checkIsOnly(link, place);
  // A run's own one is kept by the lock of its folder, also where a machine that is gone seems to listen.
  if (place.isOwn) return;
  const { where, consumer } = place;
  const held = await holderOf(link, place);
  if (held === undefined) return;
  throw new InputError(
    `${where}: somebody reads by its consumer ${consumer} now${held}. Wait for that, or give another --consumer.`,
  );
}

/** What there is to say of one who reads by the consumer; `undefined` where nobody does. */
async function holderOf(link: Link, place: ReaderPlace): Promise<string | undefined> {
  const { connection, jsm, client } = link;
  const { errors } = client.core;
  try {
    await connection.request(subjectOf(place), "", { timeout: ANSWER_MILLISECONDS });
    return "";
  } catch (error) {
    if (error instanceof errors.TimeoutError) {
      return " (and does not answer; if its machine is gone, the server forgets it within minutes)";
    }
    // Nobody listens, or this user may not ask.
  }
  try {
    const { num_waiting: waiting } = await jsm.consumers.info(place.stream, place.consumer);
    return waiting > 0 ? "" : undefined;
  } catch (error) {
    if (problemOf(error)?.code === CONSUMER_NOT_FOUND) return undefined;
    throw error;
  }
}

/** Throws an `InputError` where the stream is a work queue that has another consumer. */
async function checkIsOnly({ jsm }: Link, place: ReaderPlace): Promise<void> {
  const { stream, consumer, where, info } = place;
  if (info.config.retention !== "workqueue") return;
  const consumers = await jsm.consumers.list(stream).next();
  const other = consumers.find(({ name }) => name !== consumer);
  if (other === undefined) return;
  throw new InputError(
    `${where} is a work queue, which one consumer reads, and it has ${other.name}. Go on with the run that made it (hellfact run --resume DIR), take it (--consumer ${other.name}), or delete it.`,
  );
}
