/** Does the jobs of a queue, so many at once, and says how they ended. */
import { firstLine } from "../core/errors.js";
import type { Lease, Receiver } from "../core/transport.js";
import { orderIn, type JobEnding } from "./order.js";
import { logPath, runJob, type RunningJob } from "./run-job.js";
import { discard, stage } from "./staging.js";

export type JobReceiver = Receiver<unknown, JobEnding, unknown>;

export interface JobWorkerOptions {
  /** How many jobs at once; the permits of their stages say how many there are in all. */
  readonly slots: number;
  /** Where what jobs say is kept. */
  readonly logs: string;
  readonly stages?: readonly string[];
}

const LOOK_MILLISECONDS = 200;
const STOPPED = "(ended with its queue)";
const LOST = "(its lease was lost)";

export class JobWorker {
  private readonly running = new Map<Lease<unknown, JobEnding>, RunningJob>();
  private readonly open = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly receiver: JobReceiver,
    private readonly options: JobWorkerOptions,
  ) {}

  /** @param onEnded the queue is not there any more */
  start(onEnded: () => void): void {
    const { stages, slots } = this.options;
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
    this.timer = setInterval(() => this.endLost(), LOOK_MILLISECONDS);
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
    await this.receiver.stop();
  }

  /** Somebody else may do what is not held any more: nobody does it twice at once for longer than must be. */
  private endLost(): void {
    for (const [lease, job] of this.running) if (lease.isLost) job.end(LOST);
  }

  private async work(lease: Lease<unknown, JobEnding>): Promise<void> {
    const order = orderIn(lease.task.body);
    if (order === undefined) {
      lease.fail({ kind: "other", message: "what is to be done is not understood" });
      return;
    }
    const startedAt = performance.now();
    let why: string | null;
    let staged: ReturnType<typeof stage>;
    try {
      staged = stage(order);
      const job = runJob(order, staged?.path ?? null, logPath(this.options.logs, order));
      this.running.set(lease, job);
      if (this.isStopped) job.end(STOPPED);
      why = await job.ended;
    } catch (error) {
      why = `: ${firstLine(error)}`;
    }
    this.running.delete(lease);
    const isDone = why === null;
    if (!isDone && staged !== undefined) discard(order, staged.token);
    if (!isDone && (this.isStopped || lease.isLost)) {
      lease.release();
      return;
    }
    const ending: JobEnding = {
      ...{ how: isDone ? "done" : "failed", why, seconds: (performance.now() - startedAt) / 1000 },
      staged: isDone ? (staged?.token ?? null) : null,
    };
    const counts = await lease.claim(ending);
    if (!counts && isDone && staged !== undefined) discard(order, staged.token);
  }
}
