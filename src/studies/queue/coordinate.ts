/**
 * Hands jobs out and hears how they end, over whatever carries them.
 *
 * What the transport has is never more of a stage than it has permits: the schedule gives no more, and a permit
 * comes back only when a job is known to have ended. A job counts when its worker was the first to say so (a claim);
 * then its output is put in place, here and nowhere else, and its line is added to the journal. So whoever lost a
 * lease, and goes on not knowing it, can put nothing anywhere.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Dispatcher, DispatchEvent, Task } from "../../core/transport.js";
import { endingIn, type JobEnding, type JobOrder } from "../../jobs/order.js";
import { jobName, type Job, type Plan } from "./model/plan.js";
import type { Schedule } from "./model/schedule.js";
import type { Journal } from "./journal.js";
import { placingProblem } from "./placing.js";
import type { QueueAttempt } from "./document.js";

type JobDispatcher = Dispatcher<JobOrder, JobEnding, unknown>;
type Event = DispatchEvent<JobOrder, JobEnding, unknown>;

export interface CoordinatorOptions {
  readonly schedule: Schedule;
  readonly journal: Journal;
  readonly dispatcher: JobDispatcher;
  /** Where jobs run, and their outputs are. */
  readonly directory: string;
  /** What folders of outputs that do not count yet are called. */
  readonly staging: string;
  /** How long it stays without a job, for more. */
  readonly idleSeconds: number;
  readonly onAttempt: (attempt: QueueAttempt, job: Job) => void;
  readonly onNote: (text: string) => void;
}

interface Hand {
  readonly job: Job;
  readonly order: JobOrder;
  readonly from: number;
}

export class Coordinator {
  private readonly inHand = new Map<string, Hand>();
  private readonly session = randomBytes(6).toString("hex");
  private readonly startedAt = performance.now();
  private isOpen = true;
  private idle: NodeJS.Timeout | undefined;
  private end: (error?: Error) => void = () => undefined;
  /** Resolves when nothing can begin any more; rejects where what is done cannot be kept. */
  private readonly ended: Promise<void>;

  constructor(private readonly options: CoordinatorOptions) {
    this.ended = new Promise((resolve, reject) => {
      this.end = (error) => {
        if (error === undefined) resolve();
        else reject(error);
      };
    });
  }

  get seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }

  /** Works until nothing can begin any more, or `signal` says so. */
  async work(signal: AbortSignal): Promise<void> {
    const { dispatcher } = this.options;
    const stop = () => {
      this.isOpen = false;
      this.end();
    };
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    await dispatcher.start({ next: (stage) => this.next(stage), mayWorkAhead: false }, (event) => {
      try {
        this.hear(event);
      } catch (error) {
        this.fail(error);
      }
    });
    this.look();
    try {
      await this.ended;
    } finally {
      this.isOpen = false;
      clearTimeout(this.idle);
      signal.removeEventListener("abort", stop);
    }
  }

  /** Takes another plan while it works. */
  replace(plan: Plan, isOpen: boolean): void {
    this.options.schedule.replace(plan, isOpen);
    this.look();
  }

  /** What is in hands when it is over was not done. Returns how much that was. */
  tellInterrupted(): number {
    const left = this.inHand.size;
    for (const { job, from } of this.inHand.values()) {
      const { stage, part } = job;
      const attempt = { stage, part, worker: "", from, to: this.seconds, why: null, again: true };
      this.options.onAttempt({ ...attempt, how: "interrupted" }, job);
    }
    this.inHand.clear();
    return left;
  }

  private look(): void {
    if (!this.isOpen) return;
    const { dispatcher, schedule, idleSeconds } = this.options;
    dispatcher.refill();
    clearTimeout(this.idle);
    if (schedule.isOver) this.idle = setTimeout(() => this.end(), idleSeconds * 1000);
  }

  private next(stage: string): Task<JobOrder> | undefined {
    const { schedule, directory, staging } = this.options;
    const job = this.isOpen ? schedule.next(stage) : undefined;
    if (job === undefined) return undefined;
    const { part, run, output, timeoutSeconds } = job;
    const attempt = schedule.attemptsOf(job);
    const key = keyOf([this.session, stage, part, attempt]);
    const order: JobOrder = {
      ...{ name: jobName(job), stage, part, attempt },
      ...{ run, directory, output, staging, timeoutSeconds },
    };
    if (output === null && !this.forgets(job)) return undefined;
    this.inHand.set(key, { job, order, from: this.seconds });
    return { key, stage, body: order };
  }

  /** What has no output may do something wherever it ends. @returns false where the journal cannot be kept */
  private forgets(job: Job): boolean {
    try {
      this.options.journal.forget(job);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  private fail(error: unknown): void {
    this.isOpen = false;
    this.end(error instanceof Error ? error : new Error(String(error)));
  }

  private hear(event: Event): void {
    switch (event.kind) {
      case "done":
        this.hearEnding(event.task, event.made, event.worker);
        return;
      case "failed": {
        const { message } = event.failure;
        if (event.again)
          this.options.onNote(`${this.nameOf(event.task.key)} is handed out again ${message}`);
        else this.settle(event.task.key, { how: "lost", why: message, seconds: null, worker: "" });
        return;
      }
      case "mended":
        this.options.onNote(event.what);
        return;
      case "news":
      case "finished":
        return;
    }
  }

  private hearEnding(task: Task<JobOrder>, made: unknown, worker: string): void {
    const hand = this.inHand.get(task.key);
    const ending = endingIn(made);
    if (hand === undefined) return;
    if (ending === undefined) {
      const why = "(what its worker says of it is not understood)";
      this.settle(task.key, { how: "failed", why, seconds: null, worker });
      return;
    }
    const { how, why, seconds, staged } = ending;
    // What was there is not what the journal says any more, until that says so again.
    if (how === "done" && hand.order.output !== null) this.options.journal.forget(hand.job);
    const problem = how === "failed" ? undefined : placingProblem(hand.order, staged);
    if (problem === undefined) this.settle(task.key, { how, why, seconds, worker });
    else this.settle(task.key, { how: "failed", why: problem, seconds, worker });
  }

  private settle(
    key: string,
    ending: {
      readonly how: "done" | "failed" | "lost";
      readonly why: string | null;
      readonly seconds: number | null;
      readonly worker: string;
    },
  ): void {
    const { schedule, journal, onAttempt } = this.options;
    const hand = this.inHand.get(key);
    if (hand === undefined) return;
    this.inHand.delete(key);
    const { job } = hand;
    const { how, why, worker } = ending;
    // What it read may have been made anew meanwhile.
    const isDone = how === "done" && schedule.isCurrent(job);
    const again = how === "done" ? !isDone : schedule.attemptsOf(job) <= job.retries;
    if (isDone) journal.add(job);
    const to = this.seconds;
    // Clocks of other machines do not count; how long something took does.
    const from = Math.max(hand.from, to - (ending.seconds ?? Infinity));
    onAttempt({ stage: job.stage, part: job.part, worker, from, to, how, why, again }, job);
    schedule.ended(job, isDone ? "done" : again ? "again" : "failed");
    this.look();
  }

  private nameOf(key: string): string {
    const hand = this.inHand.get(key);
    return hand === undefined ? "a job" : jobName(hand.job);
  }
}

function keyOf(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 20);
}
