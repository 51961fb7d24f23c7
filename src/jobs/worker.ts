/** Does the jobs of a queue, so many at once, and says how they ended. */
import { firstLine } from "../core/errors.js";
import type { Lease, Receiver } from "../core/transport.js";
import { Keeper } from "./keeper.js";
import { orderIn, type JobEnding } from "./order.js";
import { logPath, runJob, type RunningJob } from "./run-job.js";
import { discard, stage } from "./staging.js";

export type JobReceiver = Receiver<unknown, JobEnding, unknown>;

export interface JobWorkerOptions {
  /** How many jobs at once; the permits of their stages say how many there are in all. */
  readonly slots: number;
  /** Where what jobs say is kept. */
  readonly logs: string;
  /** Names this worker in what it keeps, where there are others. */
  readonly who?: string;
  readonly stages?: readonly string[];
  /** A lease that is not prolonged for so long is lost; left out where none runs out. */
  readonly leaseSeconds?: number;
}

const LOOK_MILLISECONDS = 100;
/**
 * Jobs end when this part of a lease has gone by without a word, so that they have ended when somebody else may begin
 * them: no permit is used twice.
 */
const SAFE_SHARE = 0.75;
const STOPPED = "(ended with its queue)";
const LOST = "(its lease was lost)";

export class JobWorker {
  private readonly running = new Map<Lease<unknown, JobEnding>, RunningJob>();
  private readonly open = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private keeper: Keeper | undefined;
  private readonly safeSeconds: number;
  private isStopped = false;

  constructor(
    private readonly receiver: JobReceiver,
    private readonly options: JobWorkerOptions,
  ) {
    this.safeSeconds = (options.leaseSeconds ?? Infinity) * SAFE_SHARE;
  }

  /** @param onEnded the queue is not there any more */
  start(onEnded: () => void): void {
    const { stages, slots } = this.options;
    if (Number.isFinite(this.safeSeconds)) this.keeper = new Keeper(this.safeSeconds);
    this.receiver.start({
      ...(stages !== undefined && { stages }),
      demand: () => ({ now: this.isStopped ? 0 : slots - this.open.size, ahead: 0 }),
      onLease: (lease) => {
        const work = this.work(lease).finally(() => {
          this.open.delete(work);
          this.receiver.poke();
        });
        this.open.add(work);
      },
      onFinish: () => this.receiver.finished(),
      onEnded,
    });
    this.timer = setInterval(() => this.look(), LOOK_MILLISECONDS);
  }

  get isIdle(): boolean {
    return this.open.size === 0;
  }

  /** Ends what is running, and gives it back. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    for (const job of this.running.values()) job.end(STOPPED);
    await Promise.all(this.open);
    this.keeper?.close();
    await this.receiver.stop();
  }

  /** Somebody else may soon do what nothing was heard of; and whether this process is frozen then, nobody knows. */
  private look(): void {
    for (const [lease, job] of this.running) {
      if (!this.isSafe(lease)) job.kill(LOST);
      else if (job.pid !== undefined) this.keeper?.heard(job.pid, lease.age);
    }
  }

  private isSafe(lease: Lease<unknown, JobEnding>): boolean {
    return !lease.isLost && lease.age <= this.safeSeconds;
  }

  private async work(lease: Lease<unknown, JobEnding>): Promise<void> {
    const order = orderIn(lease.task.body);
    if (order === undefined) {
      lease.fail({ kind: "other", message: "what is to be done is not understood" });
      return;
    }
    if (!this.isSafe(lease)) {
      lease.release();
      return;
    }
    const startedAt = performance.now();
    let why: string | null;
    let staged: ReturnType<typeof stage>;
    try {
      const { logs, who } = this.options;
      staged = stage(order);
      const job = runJob(order, staged?.path ?? null, logPath(logs, order, who));
      this.running.set(lease, job);
      if (job.pid !== undefined) this.keeper?.heard(job.pid, lease.age);
      if (this.isStopped) job.end(STOPPED);
      else job.begin();
      why = await job.ended;
      if (job.pid !== undefined) this.keeper?.ended(job.pid);
    } catch (error) {
      why = `: ${firstLine(error)}`;
    }
    this.running.delete(lease);
    const isSafe = this.isSafe(lease);
    const isDone = why === null && isSafe;
    if (!isDone && staged !== undefined) {
      const left = discard(order, staged.token);
      if (left !== undefined && why !== null) why = `${why} (${left})`;
    }
    if (!isDone && (this.isStopped || !isSafe)) {
      lease.release();
      return;
    }
    const ending: JobEnding = {
      ...{ how: isDone ? "done" : "failed", why, seconds: (performance.now() - startedAt) / 1000 },
      staged: isDone ? (staged?.token ?? null) : null,
    };
    // What is said late would give the permit to a third while a second one does it again.
    const counts = await lease.claim(ending, () => this.isSafe(lease));
    // Whether it was heard after all, nobody knows then: what is left over is taken away at the end.
    if (!counts && isDone && staged !== undefined && this.isSafe(lease)) {
      discard(order, staged.token);
    }
  }
}
