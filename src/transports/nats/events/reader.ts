/**
 * Takes messages from a durable consumer, in order, each once, and acknowledges them one by one when they are at
 * rest. Nothing is handed out again while a reader lives: what it does not know of was lost on its way, and then
 * the consumer is made anew at the first sequence that is not acknowledged, and what was read is passed over.
 */
import { setTimeout } from "node:timers/promises";
import type { IncomingMessage } from "../../../core/events/incoming.js";
import type { Link } from "../link.js";
import { CONSUMER_NOT_FOUND, problemOf } from "../persist.js";
import { positionOf, Pulls } from "../pulls.js";
import { Acks } from "./acks.js";
import { checkFree, hold } from "./holders.js";
import type { ReaderPlace } from "./place.js";
import { PATIENCE_MILLISECONDS, patiently, streamTrouble } from "./trouble.js";

const BATCH = 128;
const WAIT_MILLISECONDS = 500;
const PAUSE_MILLISECONDS = 250;
const NANOSECONDS = 1e9;
/** A reader may hold a message for so long; it is handed out again before only where the reader wants that. */
const ACK_WAIT_SECONDS = 86_400;
/** A reader's own consumer that nobody went on with is forgotten. */
const FORGOTTEN_SECONDS = 7 * 86_400;

export class NatsReader {
  private isThere = false;
  private consumerSequence = 0;
  /** The next sequence to hand out. */
  private next = 0;
  private first = 1;
  private isTemporary = false;
  /** What is around both sequences in the subjects on which messages are acknowledged. */
  private around: readonly [string, string] = ["", ""];
  private readonly acks: Acks;
  private readonly pulls: Pulls;

  constructor(
    private readonly link: Link,
    private readonly place: ReaderPlace,
  ) {
    const { connection, client } = link;
    this.pulls = new Pulls(connection, client.core.createInbox);
    this.acks = new Acks((sequence, consumerSequence) => {
      const [before, behind] = this.around;
      connection.publish(`${before}.${sequence}.${consumerSequence}.${behind}`);
    });
  }

  async start(from: number): Promise<void> {
    const { found } = this.place;
    await this.trying(() => checkFree(this.link, this.place));
    hold(this.link, this.place);
    this.first = from;
    // Somebody went on with it further than is asked for: what is read again is no business of its.
    this.isTemporary = found !== undefined && found.ack_floor.stream_seq >= from;
    if (found !== undefined && !this.isTemporary && found.num_ack_pending === 0) {
      this.isThere = true;
      this.consumerSequence = found.delivered.consumer_seq;
    }
    await this.trying(() => this.beThere());
  }

  async read(): Promise<readonly IncomingMessage[]> {
    let since = performance.now();
    /** Pulls that ended with nothing, though there is something. */
    let nothings = 0;
    for (;;) {
      await this.trying(() => this.beThere());
      const messages: IncomingMessage[] = [];
      let isMissing = false;
      const { stream } = this.place;
      const pull = {
        stream,
        consumer: this.name,
        batch: BATCH,
        waitMilliseconds: WAIT_MILLISECONDS,
      };
      const end = await this.pulls.pull(pull, ({ reply = "", data }) => {
        const { sequence, consumerSequence } = positionOf(reply);
        if (isMissing || consumerSequence !== this.consumerSequence + 1) {
          isMissing = true;
          return;
        }
        this.consumerSequence = consumerSequence;
        this.around = aroundIn(reply);
        this.acks.add(sequence, consumerSequence);
        if (sequence < this.next) return;
        this.next = sequence + 1;
        messages.push({ sequence, data });
      });
      if (isMissing || end === "gone") this.isThere = false;
      if (messages.length > 0) return messages;
      if (end === "nothing" && !isMissing) {
        if (await this.trying(() => this.isAllHere(nothings > 0))) return messages;
        nothings += 1;
      }
      if (end === "all" || isMissing) since = performance.now();
      else if (performance.now() - since > PATIENCE_MILLISECONDS) {
        throw streamTrouble(this.place.where, this.link.address, new Error("no message came"));
      } else await setTimeout(PAUSE_MILLISECONDS);
    }
  }

  acknowledge(from: number, to: number): void {
    if (!this.isTemporary) this.acks.done(from, to);
  }

  async close(isOver: boolean): Promise<void> {
    const { connection, jsm } = this.link;
    this.pulls.close();
    if (connection.isClosed()) return;
    // Acknowledgements are on their way; a server that does not answer is not waited for.
    await Promise.race([connection.flush(), setTimeout(WAIT_MILLISECONDS * 4)]);
    if (this.isThere && ((isOver && this.place.isOwn) || this.isTemporary)) {
      await jsm.consumers.delete(this.place.stream, this.name).catch(() => undefined);
    }
    await connection.close();
  }

  /**
   * Whether the consumer has no more, and gave out nothing that did not come here; after such a loss it is made anew.
   * @param wasTold of messages that there are, and which did not come since
   */
  private async isAllHere(wasTold: boolean): Promise<boolean> {
    try {
      const info = await this.link.jsm.consumers.info(this.place.stream, this.name);
      const { delivered, num_pending: pending } = info;
      const isLost = delivered.consumer_seq !== this.consumerSequence;
      if (isLost || (wasTold && pending > 0)) this.isThere = false;
      return !isLost && pending === 0;
    } catch (error) {
      if (problemOf(error)?.code !== CONSUMER_NOT_FOUND) throw error;
      this.isThere = false;
      return false;
    }
  }

  private get name(): string {
    const { consumer } = this.place;
    return this.isTemporary ? `${consumer}_again` : consumer;
  }

  /** Makes the consumer, in place of one that gave out what did not come here. */
  private async beThere(): Promise<void> {
    if (this.isThere) return;
    const { stream, isOwn, info } = this.place;
    const { jsm, client } = this.link;
    const { AckPolicy, DeliverPolicy } = client.jetstream;
    const begin = Math.max(await this.removed(), this.first);
    const isQueue = info.config.retention === "workqueue";
    await jsm.consumers.add(stream, {
      durable_name: this.name,
      ack_policy: AckPolicy.Explicit,
      ack_wait: ACK_WAIT_SECONDS * NANOSECONDS,
      max_ack_pending: -1,
      // A work queue has only what is not acknowledged.
      ...(isQueue
        ? { deliver_policy: DeliverPolicy.All }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: begin }),
      ...((isOwn || this.isTemporary) && {
        inactive_threshold: FORGOTTEN_SECONDS * NANOSECONDS,
      }),
    });
    this.acks.clear();
    this.consumerSequence = 0;
    this.isThere = true;
  }

  /** Takes the consumer away. Returns the first sequence that it had not acknowledged; 0 where it was not there. */
  private async removed(): Promise<number> {
    const { jsm } = this.link;
    try {
      const { ack_floor: floor } = await jsm.consumers.info(this.place.stream, this.name);
      await jsm.consumers.delete(this.place.stream, this.name);
      return floor.stream_seq + 1;
    } catch (error) {
      if (problemOf(error)?.code === CONSUMER_NOT_FOUND) return 0;
      throw error;
    }
  }

  private trying<T>(action: () => Promise<T>): Promise<T> {
    return patiently(this.place.where, this.link.address, action);
  }
}

/**
 * A message's reply without its sequences: how often it was given out, the time, and how many there are behind it,
 * stay as they are in another one, for nobody looks at them.
 */
function aroundIn(reply: string): readonly [string, string] {
  const tokens = reply.split(".");
  const delivered = tokens.length >= 12 ? 6 : 4;
  return [tokens.slice(0, delivered + 1).join("."), tokens.slice(delivered + 3).join(".")];
}
