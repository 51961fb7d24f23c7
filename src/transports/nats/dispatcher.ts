import { randomBytes } from "node:crypto";
import type { Subscription } from "@nats-io/transport-node";
import {
  type Dispatcher,
  type DispatchEvent,
  type QueueOptions,
  type Supply,
  type Task,
} from "../../core/transport.js";
import { givenUp, hearReport, offeredTask, type Failed, type Offered } from "./attempts.js";
import { Claims } from "./claims.js";
import { openBucket, type Link } from "./link.js";
import {
  ANNOUNCEMENTS,
  bucketOf,
  bucketStreamOf,
  claimKey,
  deathAdvisories,
  leasesSubject,
  newsSubject,
  ordersSubject,
  streamOf,
  taskSubject,
} from "./names.js";
import { persist, problemOf, STREAM_NOT_FOUND } from "./persist.js";
import { hasTasks, makeQueue, removeQueue, setPermits } from "./streams.js";
import {
  advisoryIn,
  newsIn,
  reportIn,
  type ClaimEntry,
  type LeaseReport,
  type Orders,
} from "./wire.js";

/** So many tasks are kept ready for workers: enough for ten thousand of them. */
const MOST_OFFERED = 20_000;
const MOST_IN_FLIGHT = 256;
const PUBLISH_MILLISECONDS = 5000;
const ANNOUNCE_MILLISECONDS = 1000;
const LOOK_MILLISECONDS = 5000;
/** Without any progress for so many leases something must have been lost. */
const PATIENCE_LEASES = 2;

type Event = DispatchEvent<unknown, unknown, unknown>;

/**
 * Tasks in a work-queue stream, one durable consumer for each stage; who has done one says so in a bucket,
 * by creating an entry that nobody else can create. All that is here can be lost: it is made again from
 * what the coordinator wants done and the claims say is done.
 */
export class NatsDispatcher implements Dispatcher<unknown, unknown, unknown> {
  private supply: Supply<unknown> | undefined;
  private onEvent: (event: Event) => void = () => undefined;
  private readonly offered = new Map<string, Offered>();
  /** Claims of tasks that nobody has asked for yet. */
  private readonly early = new Map<string, ClaimEntry>();
  private readonly waiting: Offered[] = [];
  private readonly claims: Claims;
  private readonly session = randomBytes(6).toString("hex");
  private readonly subscriptions: Subscription[] = [];
  private timers: NodeJS.Timeout[] = [];
  private inFlight = 0;
  private isOpen = true;
  private progressAt = performance.now();
  private lookedAt = performance.now();

  constructor(
    private readonly link: Link,
    private readonly options: QueueOptions,
  ) {
    this.claims = new Claims(link, options.id, (key, claim) => this.hearClaim(key, claim));
  }

  async start(supply: Supply<unknown>, onEvent: (event: Event) => void): Promise<void> {
    const { link, options } = this;
    const { id } = options;
    this.onEvent = onEvent;
    await makeQueue(link, options, this.isWanted);
    await this.claims.start();
    // Before, there is no stream to put anything into.
    this.supply = supply;
    this.hearSubject(newsSubject(id), newsIn, (batch) => {
      for (const { worker, news } of batch) this.onEvent({ kind: "news", worker, news });
    });
    this.hearSubject(leasesSubject(id), reportIn, (report) => this.hearReport(report));
    this.hearSubject(deathAdvisories(id), advisoryIn, (advisory) =>
      this.hearAdvisory(advisory.stream_seq),
    );
    this.announce();
    this.timers = [
      setInterval(() => this.announce(), ANNOUNCE_MILLISECONDS),
      setInterval(() => void this.look(), ANNOUNCE_MILLISECONDS),
    ];
    this.refill();
  }

  refill(): void {
    if (!this.isOpen || this.supply === undefined) return;
    let isMore = false;
    for (const { name } of this.options.stages) {
      while (this.offered.size < MOST_OFFERED) {
        const task = this.supply.next(name);
        if (task === undefined) break;
        isMore = true;
        this.offer(task);
      }
    }
    this.publishSome();
    if (isMore) this.order("more");
  }

  retract(task: Task<unknown>): void {
    this.early.delete(task.key);
    void persist(async () => {
      await (await this.bucket()).delete(claimKey(task.key));
    }, this.isWanted).then(
      () => this.offer(task),
      () => undefined,
    );
  }

  async permit(stage: string, permits: number | null): Promise<void> {
    const changed = { name: stage, permits };
    await persist(() => setPermits(this.link, this.options, changed), this.isWanted);
  }

  finish(): void {
    this.isOpen = false;
    this.order("finish");
  }

  async stop(isOver: boolean): Promise<void> {
    const { link, options } = this;
    this.isOpen = false;
    for (const timer of this.timers) clearInterval(timer);
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    await this.claims.stop();
    if (link.connection.isClosed()) return;
    if (isOver) {
      this.order("ended");
      await removeQueue(link, options.id);
    } else await link.jsm.streams.purge(streamOf(options.id)).catch(() => undefined);
    await link.connection.flush().catch(() => undefined);
  }

  private readonly isWanted = () => this.isOpen && !this.link.connection.isClosed();

  private bucket() {
    return openBucket(this.link, bucketOf(this.options.id));
  }

  private offer(task: Task<unknown>): void {
    const offered = offeredTask(task);
    this.offered.set(task.key, offered);
    const claim = this.early.get(task.key);
    // An earlier coordinator had it done, and could not write that down any more.
    if (claim !== undefined) this.hearClaim(task.key, claim);
    else this.waiting.push(offered);
    this.publishSome();
  }

  private publishSome(): void {
    while (this.isOpen && this.inFlight < MOST_IN_FLIGHT) {
      const offered = this.waiting.shift();
      if (offered === undefined) return;
      this.inFlight += 1;
      void this.publish(offered).finally(() => {
        this.inFlight -= 1;
        this.publishSome();
      });
    }
  }

  private async publish(offered: Offered): Promise<void> {
    const { key, stage, body } = offered.task;
    const { id } = this.options;
    // The server drops what it has by this name already; another coordinator's is another one.
    const msgID = `${this.session}.${key}.${offered.round}`;
    try {
      const { seq } = await persist(
        () =>
          this.link.js.publish(taskSubject(id, stage, key), JSON.stringify(body), {
            ...{ msgID, timeout: PUBLISH_MILLISECONDS },
          }),
        () => this.isWanted() && this.offered.get(key) === offered,
      );
      offered.sequence = seq;
    } catch (error) {
      // The stream is gone: whoever looks after that offers everything again.
      if (problemOf(error) === undefined) return;
    }
  }

  private hearClaim(key: string, { made, worker }: ClaimEntry): void {
    this.progressAt = performance.now();
    const offered = this.offered.get(key);
    if (offered === undefined) {
      if (!this.early.has(key)) this.early.set(key, { made, worker, token: "" });
      return;
    }
    this.offered.delete(key);
    this.onEvent({ kind: "done", task: offered.task, made, worker });
  }

  private hearReport(report: LeaseReport): void {
    const offered = this.offered.get(report.key);
    if (offered === undefined) return;
    this.progressAt = performance.now();
    this.tellFailed(offered, hearReport(offered, report, this.options), report.sequence);
  }

  private hearAdvisory(sequence: number): void {
    const offered = [...this.offered.values()].find((one) => one.sequence === sequence);
    if (offered !== undefined) this.tellFailed(offered, givenUp(offered, this.options), sequence);
  }

  private tellFailed(offered: Offered, failed: Failed | undefined, sequence: number): void {
    if (failed === undefined) return;
    if (!failed.again) this.bury(offered, sequence);
    this.onEvent({ kind: "failed", task: offered.task, ...failed });
  }

  /** Nobody is to have it any more. */
  private bury({ task }: Offered, sequence: number): void {
    const { id } = this.options;
    this.offered.delete(task.key);
    void persist(
      () => this.link.jsm.streams.deleteMessage(streamOf(id), sequence),
      this.isWanted,
    ).catch(() => undefined);
  }

  private announce(): void {
    this.publishCore(ANNOUNCEMENTS, { id: this.options.id });
  }

  private order(order: Orders["order"]): void {
    this.publishCore(ordersSubject(this.options.id), { order });
  }

  private publishCore(subject: string, message: unknown): void {
    if (!this.link.connection.isClosed())
      this.link.connection.publish(subject, JSON.stringify(message));
  }

  private hearSubject<T>(
    subject: string,
    read: (data: Uint8Array) => T | undefined,
    hear: (message: T) => void,
  ): void {
    const subscription = this.link.connection.subscribe(subject, {
      callback: (error, { data }) => {
        const message = error === null && this.isOpen ? read(data) : undefined;
        if (message !== undefined) hear(message);
      },
    });
    this.subscriptions.push(subscription);
  }

  /** Sees to it that what is to be done is in the stream. */
  private async look(): Promise<void> {
    const { link, options } = this;
    if (!this.isOpen || this.offered.size === 0) return;
    if (performance.now() - this.lookedAt < LOOK_MILLISECONDS) return;
    this.lookedAt = performance.now();
    const patience = Math.max(PATIENCE_LEASES * options.leaseSeconds * 1000, LOOK_MILLISECONDS);
    try {
      await link.jsm.streams.info(streamOf(options.id));
      await link.jsm.streams.info(bucketStreamOf(options.id));
      if (performance.now() - this.progressAt < patience || (await hasTasks(link, options))) return;
      this.claims.startOver();
      this.offerAgain("was not moving");
    } catch (error) {
      // Servers that do not answer come back; a stream does not.
      if (problemOf(error)?.code !== STREAM_NOT_FOUND || !this.isWanted()) return;
      await makeQueue(link, options, this.isWanted).catch(() => undefined);
      this.claims.startOver();
      this.offerAgain("was lost");
    }
  }

  private offerAgain(what: string): void {
    const all = [...this.offered.values()];
    this.progressAt = performance.now();
    this.waiting.length = 0;
    for (const offered of all) {
      offered.round += 1;
      offered.endings = 0;
      offered.sequence = undefined;
      this.waiting.push(offered);
    }
    this.onEvent({
      kind: "mended",
      what: `the stream of tasks ${what}: ${all.length} are offered again.`,
    });
    this.publishSome();
    this.order("more");
  }
}
