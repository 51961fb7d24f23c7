import { setTimeout as sleep } from "node:timers/promises";
import type { KV } from "@nats-io/kv";
import type { Msg, Subscription } from "@nats-io/transport-node";
import type { Receiver, ReceiverHooks } from "../../core/transport.js";
import { NatsLease, type Holder } from "./lease.js";
import type { Link } from "./link.js";
import { newsSubject, ordersSubject, streamOf } from "./names.js";
import { problemOf, STREAM_NOT_FOUND } from "./persist.js";
import { positionOf, Pulls } from "./pulls.js";
import { ordersIn, type Orders, type QueueEntry } from "./wire.js";

/** A worker of a queue with one stage waits at the server; with several it looks into each, now and then. */
const WAIT_MILLISECONDS = 5000;
const SHORTEST_PAUSE = 50;
const LONGEST_PAUSE = 500;
/** Somebody else may be without work where fewer than this are left to be taken. */
const MANY_LEFT = 64;
const NEWS_MILLISECONDS = 500;
const PROLONG_SHARE = 4;
const LISTEN_SHARE = 8;
const GONE_MILLISECONDS = 10_000;

export class NatsReceiver implements Receiver<unknown, unknown, unknown> {
  readonly about: unknown;
  private readonly stages: readonly string[];
  private readonly pulls: Pulls;
  private readonly held = new Set<NatsLease>();
  private readonly holder: Holder;
  private readonly news = new Map<string, { worker: string; news: unknown }>();
  private hooks: ReceiverHooks<unknown, unknown> | undefined;
  private orders: Subscription | undefined;
  private timers: NodeJS.Timeout[] = [];
  private isOpen = true;
  private isLooking = false;
  /** Asked of the server and not come yet. */
  private requested = 0;
  private left = 0;
  private goneSince: number | undefined;
  /** The last two times that this process was seen to be awake. */
  private awake = [performance.now(), performance.now()];
  private wake: () => void = () => undefined;

  constructor(
    private readonly link: Link,
    private readonly id: string,
    worker: string,
    { about, stages, leaseSeconds }: QueueEntry,
    bucket: KV,
  ) {
    this.about = about;
    this.stages = stages;
    this.pulls = new Pulls(link.connection, link.client.core.createInbox);
    this.holder = {
      ...{ link, id, worker, leaseSeconds, bucket },
      isOpen: () => this.isOpen && !link.connection.isClosed(),
      // The last one is when it woke up, perhaps; what has come since the one before is what counts.
      listenedAt: () => this.awake[0] ?? 0,
      onOver: (lease) => this.held.delete(lease),
    };
  }

  start(hooks: ReceiverHooks<unknown, unknown>): void {
    const { connection } = this.link;
    this.hooks = hooks;
    this.orders = connection.subscribe(ordersSubject(this.id), {
      callback: (error, message) => {
        const orders = error === null ? ordersIn(message.data) : undefined;
        if (orders !== undefined) this.obey(orders);
      },
    });
    const prolong = (this.holder.leaseSeconds * 1000) / PROLONG_SHARE;
    this.timers = [
      setInterval(() => this.prolong(), prolong),
      setInterval(
        () => (this.awake = [this.awake[1] ?? 0, performance.now()]),
        (this.holder.leaseSeconds * 1000) / LISTEN_SHARE,
      ),
      setInterval(() => this.tellNews(), NEWS_MILLISECONDS),
    ];
    this.poke();
  }

  poke(): void {
    this.wake();
    void this.look();
  }

  tell(worker: string, news: unknown): void {
    const kind = (news as { kind?: string } | null)?.kind ?? "";
    // Of what is told again and again the last counts.
    this.news.set(`${worker} ${kind}`, { worker, news });
  }

  finished(): void {
    this.tellNews();
  }

  async stop(): Promise<void> {
    for (const lease of this.held) lease.release();
    this.isOpen = false;
    this.wake();
    for (const timer of this.timers) clearInterval(timer);
    this.orders?.unsubscribe();
    this.pulls.close();
    this.tellNews();
    if (!this.link.connection.isClosed()) await this.link.connection.flush().catch(() => undefined);
  }

  private obey({ order }: Orders): void {
    if (order === "more") this.poke();
    else if (order === "finish") this.hooks?.onFinish();
    else if (this.isOpen) this.hooks?.onEnded();
  }

  private get wanted(): number {
    const { now = 0, ahead = 0 } = this.hooks?.demand() ?? {};
    return (this.left >= MANY_LEFT ? now + ahead : now) - this.requested;
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      let pause = SHORTEST_PAUSE;
      while (this.isOpen && this.wanted > 0) {
        const found = await (this.mine.length === 1 ? this.waitForOne() : this.lookIntoAll());
        pause = found ? SHORTEST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
        if (!found) await this.pauseFor(pause);
      }
    } finally {
      this.isLooking = false;
    }
  }

  private get mine(): readonly string[] {
    const { stages } = this.hooks ?? {};
    return this.stages.filter((stage) => stages?.includes(stage) !== false);
  }

  /** Asks, and does not wait for the answer: more may be wanted meanwhile. */
  private async waitForOne(): Promise<boolean> {
    const [stage = ""] = this.mine;
    const ended = this.pull(stage, this.wanted, WAIT_MILLISECONDS).then((how) => {
      if (how === "problem") void this.pauseFor(LONGEST_PAUSE).then(() => this.poke());
      else this.poke();
    });
    ended.catch(() => undefined);
    return true;
  }

  /** Later stages first: what is begun is brought to its end. */
  private async lookIntoAll(): Promise<boolean> {
    let found = false;
    for (const stage of this.mine.toReversed()) {
      if (!this.isOpen || this.wanted <= 0) break;
      if ((await this.pull(stage, this.wanted, 0)) === "some") found = true;
    }
    return found;
  }

  private async pull(
    stage: string,
    batch: number,
    waitMilliseconds: number,
  ): Promise<"some" | "none" | "problem"> {
    this.requested += batch;
    let come = 0;
    const end = await this.pulls.pull(
      { stream: streamOf(this.id), consumer: stage, batch, waitMilliseconds },
      (message) => {
        come += 1;
        this.requested -= 1;
        void this.take(message, stage);
      },
    );
    this.requested -= batch - come;
    if (end !== "gone" && end !== "silence") this.goneSince = undefined;
    else await this.checkGone();
    if (come > 0) return "some";
    return end === "nothing" ? "none" : "problem";
  }

  private async take(message: Msg, stage: string): Promise<void> {
    const lease = new NatsLease(this.holder, message, stage);
    this.left = positionOf(message.reply ?? "").pending;
    this.held.add(lease);
    this.requested += 1; // it counts until it is handed on
    const isClaimed = lease.delivery > 1 && (await lease.isClaimed());
    this.requested -= 1;
    if (isClaimed) this.poke();
    else if (!this.isOpen) lease.release();
    else {
      lease.begun();
      this.hooks?.onLease(lease);
    }
  }

  private prolong(): void {
    for (const lease of this.held) lease.prolong();
  }

  private tellNews(): void {
    if (this.news.size === 0 || this.link.connection.isClosed()) return;
    this.link.connection.publish(newsSubject(this.id), JSON.stringify([...this.news.values()]));
    this.news.clear();
  }

  /** A coordinator may make a stream anew that was lost; one that stays away is gone. */
  private async checkGone(): Promise<void> {
    try {
      await this.link.jsm.streams.info(streamOf(this.id));
      this.goneSince = undefined;
    } catch (error) {
      if (problemOf(error)?.code !== STREAM_NOT_FOUND) return;
      this.goneSince ??= performance.now();
      if (performance.now() - this.goneSince > GONE_MILLISECONDS && this.isOpen)
        this.hooks?.onEnded();
    }
  }

  private async pauseFor(milliseconds: number): Promise<void> {
    const woken = new Promise<void>((resolve) => (this.wake = resolve));
    await Promise.race([sleep(milliseconds), woken]);
  }
}
