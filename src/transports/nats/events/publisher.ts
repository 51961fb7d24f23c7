/**
 * Publishes the messages of a run in order, many of them in flight, each exactly once.
 *
 * Every message says after which sequence of the stream it belongs (`Nats-Expected-Last-Sequence`), so one that
 * was not kept keeps those behind it out, too, and nobody can publish between them. Whatever goes wrong, what
 * the stream has is looked at, and the rest is sent again; what was only not heard of is known to the server by
 * its id, or refused by its sequence. The last message of the run's subject says where another process goes on.
 */
import { setTimeout } from "node:timers/promises";
import type {
  OutgoingMessage,
  Publisher,
  PublisherHooks,
  Reached,
} from "../../../core/events/outgoing.js";
import { HellfactError, InputError } from "../../../core/errors.js";
import type { Link } from "../link.js";
import { mayPass, PATIENCE_MILLISECONDS, streamTrouble } from "./trouble.js";

export interface PublisherPlace {
  readonly stream: string;
  readonly subject: string;
  readonly run: string;
  /** For how long the server knows the ids of messages. */
  readonly idSeconds: number;
  /** For people. */
  readonly where: string;
}

export interface Limits {
  readonly messages: number;
  readonly bytes: number;
  readonly messageBytes: number;
}

/** What the source of a message is behind it, and how many facts there are up to it. */
const POSITION = "Hellfact-Position";
const FACTS = "Hellfact-Facts";
/** What the headers of a message take at most, which a server counts as part of it. */
const HEADER_BYTES = 400;
const ACK_MILLISECONDS = 5000;
const PAUSE_MILLISECONDS = 250;
/** Before all positions. */
const NOTHING = -1;

interface Sent {
  readonly message: OutgoingMessage;
  /** Resolves to what went wrong, if something did. */
  kept: Promise<unknown>;
}

export class NatsPublisher implements Publisher {
  repeats = 0;
  waitedSeconds = 0;
  /** Sent, and not known to be kept, in order. */
  private window: Sent[] = [];
  private windowBytes = 0;
  private lastKeptAt = performance.now();
  /** Behind the last message that is known to be kept. */
  private position: number;

  private constructor(
    private readonly link: Link,
    private readonly place: PublisherPlace,
    private readonly limits: Limits,
    private readonly hooks: PublisherHooks,
    readonly reached: Reached | undefined,
    /** The last sequence of the stream when it was begun, and the one that it has when all is kept. */
    private readonly base: number,
    private sequence = base,
  ) {
    this.position = reached?.position ?? NOTHING;
  }

  static async open(
    link: Link,
    place: PublisherPlace,
    limits: Limits,
    hooks: PublisherHooks,
  ): Promise<NatsPublisher> {
    try {
      const last = await lastOf(link, place);
      const { state } = await link.jsm.streams.info(place.stream);
      return new NatsPublisher(link, place, limits, hooks, last?.reached, state.last_seq);
    } catch (error) {
      throw streamTrouble(place.where, link.address, error);
    }
  }

  get subject(): string {
    return this.place.subject;
  }

  async publish(message: OutgoingMessage): Promise<void> {
    const { messageBytes, messages, bytes } = this.limits;
    const size = message.data.length;
    if (size + HEADER_BYTES > messageBytes) {
      throw new InputError(
        `${this.place.where} takes messages of ${messageBytes} bytes at most (max_payload, max_msg_size), and the fact at position ${message.from} takes ${size} and its headers. Raise that, or leave it out.`,
      );
    }
    if (this.window.length === 0) this.lastKeptAt = performance.now();
    const since = performance.now();
    while (
      this.window.length >= messages ||
      (this.window.length > 0 && this.windowBytes + size > bytes)
    ) {
      await this.settle();
    }
    this.waitedSeconds += (performance.now() - since) / 1000;
    this.windowBytes += size;
    this.window.push({ message, kept: this.send(message) });
  }

  async flush(): Promise<void> {
    while (this.window.length > 0) await this.settle();
  }

  /** Waits for the oldest one. */
  private async settle(): Promise<void> {
    const [oldest] = this.window;
    if (oldest === undefined) return;
    const problem = await oldest.kept;
    if (problem === undefined) this.forget(1);
    else await this.recover(problem);
  }

  private forget(count: number): void {
    for (const { message } of this.window.splice(0, count)) {
      this.windowBytes -= message.data.length;
      this.position = message.to;
    }
    this.lastKeptAt = performance.now();
  }

  private async send({ data, from, to, facts }: OutgoingMessage): Promise<unknown> {
    const { link, place, hooks } = this;
    const headers = link.client.core.headers();
    headers.set(POSITION, String(to));
    headers.set(FACTS, String(facts));
    const lastSequence = this.sequence++;
    const at = performance.now();
    try {
      const { seq } = await link.js.publish(place.subject, data, {
        ...{ headers, msgID: `${place.run}:${from}`, timeout: ACK_MILLISECONDS },
        expect: { streamName: place.stream, lastSequence },
      });
      // One that is there already has the same sequence; any other one was there once.
      if (seq !== lastSequence + 1) return goneOnce(place);
      hooks.onKept((performance.now() - at) / 1000, data.length);
      return undefined;
    } catch (error) {
      return error ?? new Error("it was not kept");
    }
  }

  /** Looks what the stream has, and sends the rest again. Rejects where that is of no use. */
  private async recover(problem: unknown): Promise<void> {
    const { link, place } = this;
    // Behind one that was not kept, no other one is; the first to say so knows why.
    const others = await Promise.all(this.window.map(({ kept }) => kept));
    const problems = [problem, ...others].filter((one) => one !== undefined);
    const gone = problems.find((one) => one instanceof GoneError);
    const lasting = problems.find((one) => !(one instanceof GoneError) && !mayPass(one));
    if (lasting !== undefined) throw streamTrouble(place.where, link.address, lasting);
    if (performance.now() - this.lastKeptAt > PATIENCE_MILLISECONDS) {
      throw streamTrouble(place.where, link.address, problem);
    }
    try {
      const kept = await this.reconcile();
      // Where nobody else published, and nothing more is there, those ids are of messages that were taken away.
      if (gone !== undefined && kept === 0) throw gone;
    } catch (error) {
      if (!mayPass(error)) throw streamTrouble(place.where, link.address, error);
      // Servers that do not answer now are asked again.
      await setTimeout(PAUSE_MILLISECONDS);
    }
  }

  /** Returns how many of those on their way are there. */
  private async reconcile(): Promise<number> {
    const { link, place } = this;
    const last = await lastOf(link, place);
    const { state } = await link.jsm.streams.info(place.stream);
    const position = last?.reached.position ?? NOTHING;
    const kept =
      position === this.position
        ? 0
        : this.window.findIndex(({ message }) => message.to === position) + 1;
    const isOurs = position === this.position || kept > 0;
    if (!isOurs || state.last_seq !== Math.max(this.base, last?.sequence ?? 0)) {
      throw new HellfactError(
        `${place.where}: somebody else publishes into it, or takes messages away; one run at a time goes into a stream. What is in it stays; the same command goes on.`,
      );
    }
    if (kept > 0) this.forget(kept);
    this.sequence = state.last_seq;
    this.repeats += this.window.length;
    for (const sent of this.window) sent.kept = this.send(sent.message);
    return kept;
  }
}

/** The server knows the id of a message that stands elsewhere, or is not there any more, and keeps nothing under it. */
class GoneError extends HellfactError {}

function goneOnce({ where, idSeconds }: PublisherPlace): GoneError {
  return new GoneError(
    `${where}: the server still knows the ids of messages that were taken away, and takes none again that has one. It forgets them after ${idSeconds} s (the stream's duplicate_window); give the same command then.`,
  );
}

/** The last message of a run, if there is one. */
async function lastOf(
  { jsm }: Link,
  { stream, subject, where }: PublisherPlace,
): Promise<{ readonly sequence: number; readonly reached: Reached } | undefined> {
  const message = await jsm.streams.getMessage(stream, { last_by_subj: subject });
  if (message === null) return undefined;
  const position = countIn(message.header.get(POSITION));
  const facts = countIn(message.header.get(FACTS));
  if (position === undefined || facts === undefined) {
    throw new InputError(`${where}: message ${message.seq} of ${subject} is none of hellfact's.`);
  }
  return { sequence: message.seq, reached: { position, facts } };
}

function countIn(text: string): number | undefined {
  const count = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(count) ? count : undefined;
}
