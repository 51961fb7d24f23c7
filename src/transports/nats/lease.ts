import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { KV } from "@nats-io/kv";
import type { Msg } from "@nats-io/transport-node";
import type { Failure, Lease, Task } from "../../core/transport.js";
import type { Link } from "./link.js";
import { claimKey, leasesSubject } from "./names.js";
import { persist, problemOf, STREAM_NOT_FOUND, WRONG_LAST_SEQUENCE } from "./persist.js";
import { positionOf } from "./pulls.js";
import { parsed, type ClaimEntry, type LeaseReport } from "./wire.js";

/** A task that failed is not tried again at once: what was wrong may pass. */
const FAILED_NANOSECONDS = 500e6;
const PAUSE_MILLISECONDS = 200;

/** What a lease needs of whoever holds it. */
export interface Holder {
  readonly link: Link;
  readonly id: string;
  readonly worker: string;
  readonly leaseSeconds: number;
  readonly bucket: KV;
  readonly isOpen: () => boolean;
  /** When messages that have come were heard at once, for certain: not before this process was frozen. */
  readonly listenedAt: () => number;
  readonly onOver: (lease: NatsLease) => void;
}

/** A message of a work-queue stream, in the hands of this process. */
export class NatsLease implements Lease<unknown, unknown> {
  readonly task: Task<unknown>;
  readonly delivery: number;
  private readonly sequence: number;
  private readonly reply: string;
  private readonly token = randomBytes(9).toString("base64url");
  private prolongedAt: number;
  private wasLost = false;
  private isOver = false;

  constructor(
    private readonly holder: Holder,
    message: Msg,
    stage: string,
  ) {
    this.reply = message.reply ?? "";
    // A message may have waited for this process as long as that, while its lease ran out.
    this.prolongedAt = holder.listenedAt();
    const { delivery, sequence } = positionOf(this.reply);
    this.delivery = delivery;
    this.sequence = sequence;
    const key = message.subject.slice(message.subject.lastIndexOf(".") + 1);
    this.task = { key, stage, body: parsed(message.data) };
  }

  get isLost(): boolean {
    this.wasLost ||= this.age > this.holder.leaseSeconds;
    return this.wasLost;
  }

  get age(): number {
    return (performance.now() - this.prolongedAt) / 1000;
  }

  begun(): void {
    this.report("begun");
  }

  /** Says that it is still being worked on. It counts once the server has heard it: who is cut off has not. */
  prolong(): void {
    const { link, leaseSeconds } = this.holder;
    // Whoever was frozen must not keep the task from its next holder; the claim decides between them.
    if (this.isOver || this.isLost || link.connection.isClosed()) return;
    const saidAt = performance.now();
    const options = { timeout: leaseSeconds * 1000 };
    link.connection.request(this.reply, "+WPI", options).then(
      () => (this.prolongedAt = Math.max(this.prolongedAt, saidAt)),
      () => undefined,
    );
  }

  async claim(made: unknown, isWanted = () => true): Promise<boolean> {
    const { bucket, worker } = this.holder;
    const isOpen = () => this.holder.isOpen() && isWanted();
    let answer: string | undefined = "+ACK";
    const key = claimKey(this.task.key);
    const entry: ClaimEntry = { made, worker, token: this.token };
    try {
      while (!this.isOver) {
        try {
          await persist(() => bucket.create(key, JSON.stringify(entry)), isOpen);
          return true;
        } catch (error) {
          if (problemOf(error)?.code !== WRONG_LAST_SEQUENCE) return false;
        }
        // What did not seem to work may have: only the entry itself tells whose it is.
        const found = await persist(() => bucket.get(key), isOpen);
        if (found?.operation === "PUT") return found.json<ClaimEntry>().token === this.token;
        await setTimeout(PAUSE_MILLISECONDS);
      }
      return false;
    } catch {
      // The queue is gone, and nobody waits for it any more; or somebody else is to do it.
      if (!isWanted()) answer = undefined;
      return false;
    } finally {
      this.end(answer);
    }
  }

  /** Whether somebody has claimed it; then it need not be done once more. */
  async isClaimed(): Promise<boolean> {
    const { bucket, isOpen } = this.holder;
    try {
      const found = await persist(() => bucket.get(claimKey(this.task.key)), isOpen);
      if (found?.operation !== "PUT") return false;
    } catch (error) {
      if (problemOf(error)?.code !== STREAM_NOT_FOUND) return false;
    }
    this.end("+ACK");
    return true;
  }

  fail(failure: Failure): void {
    if (this.isOver) return;
    this.report("failed", failure);
    this.end(this.isLost ? undefined : `-NAK {"delay": ${FAILED_NANOSECONDS}}`);
  }

  release(): void {
    if (this.isOver) return;
    this.report("released");
    this.end(this.isLost ? undefined : "-NAK");
  }

  private end(answer: string | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    if (answer !== undefined) this.answer(answer);
    this.holder.onOver(this);
  }

  private answer(text: string): void {
    const { connection } = this.holder.link;
    if (!connection.isClosed()) connection.publish(this.reply, text);
  }

  private report(event: LeaseReport["event"], failure?: Failure): void {
    const { link, id, worker } = this.holder;
    const { delivery, sequence, task } = this;
    const report: LeaseReport = {
      ...{ event, key: task.key, stage: task.stage, delivery, sequence, worker },
      ...(failure !== undefined && { failure }),
    };
    if (link.connection.isClosed()) return;
    link.connection.publish(leasesSubject(id), JSON.stringify(report));
  }
}
