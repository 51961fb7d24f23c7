import { EventEmitter, on } from "node:events";
import { DiskFullError, noFacts } from "../../core/errors.js";
import type { PartAccounting } from "./accounting.js";
import { shareOf } from "./conditions.js";
import {
  diedAtOnce,
  diedOver,
  diedWithStdin,
  diskFull,
  failureOf,
  MAX_ATTEMPTS,
  triedInVain,
} from "./failures.js";
import { NOTHING_DONE, type FromWorker, type WorkerProgress } from "./messages.js";
import type { RunHooks, RunOutcome, RunState } from "./outcome.js";
import type { Range, Run, SourcePlan } from "./plan.js";
import { ProbeRounds } from "./probe-rounds.js";
import type { Segment } from "../../sources/line-segment.js";
import { Segments, type SegmentRange } from "./segments.js";
import { RunClock } from "./run-clock.js";
import { WorkerPool, type PoolEvent, type PoolWorker } from "./worker-pool.js";

/** What is put aside of an input for each worker: what it works on, and what it goes on with. */
const SEGMENTS_FOR_WORKER = 2;

/** What a worker has to do, and how far it is. */
interface Assignment {
  readonly ranges: (Range & { readonly segment?: Segment })[];
  ready: boolean;
  /** What it began last. */
  begun: Range | undefined;
  /** It has no open part, and takes no further range: time is up. */
  finished: boolean;
  progress: WorkerProgress;
}

type RunEvent = PoolEvent | { readonly kind: "time is up" | "segments" };

/** Hands out ranges to the workers of a run, and has the parts that they make entered. */
export class Coordinator {
  private readonly events = new EventEmitter();
  private readonly pool = new WorkerPool((event) => this.events.emit("event", event));
  private readonly workers = new Map<PoolWorker, Assignment>();
  /** What workers had done that died. */
  private readonly gone: WorkerProgress[] = [];
  private readonly incidents: string[] = [];
  private readonly rounds: ProbeRounds<PoolWorker> | undefined;
  private readonly clock = new RunClock();
  private timer: NodeJS.Timeout | undefined;
  private timeIsUp = false;
  /** What an input is put aside in that has one reader, until it was read. */
  private segments: Segments | undefined;
  private isReading = false;
  /** Why it could not be read to its end; what is whole before is made first. */
  private unreadable: unknown;

  constructor(
    private readonly run: Run,
    private readonly accounting: PartAccounting,
    private readonly hooks: RunHooks,
    /** Where an input is put aside for workers. */
    private readonly folder: string,
  ) {
    if (!run.conditions.probing) return;
    this.rounds = new ProbeRounds(
      () => [...this.workers].filter(([, { ready }]) => ready).map(([worker]) => worker),
      (worker, message) => worker.tell(message),
    );
  }

  /** Goes on until everything is done, time is up, or the run is interrupted. */
  async work(): Promise<RunOutcome> {
    const { signal } = this.hooks;
    try {
      const events = on(this.events, "event", { signal }) as AsyncIterable<[RunEvent]>;
      for (let number = 0; number < this.run.workers; number++) this.start();
      for await (const [event] of events) {
        this.hear(event);
        if (this.isDone()) break;
      }
      if (this.unreadable !== undefined) throw this.unreadable;
    } catch (error) {
      if (error instanceof DiskFullError) throw this.fullDisk(error.message);
      if (!(signal.aborted && error instanceof Error && error.name === "AbortError")) throw error;
    } finally {
      clearTimeout(this.timer);
      this.segments?.stop();
      this.rounds?.stop();
      await this.pool.stop();
    }
    return this.outcome(signal.aborted);
  }

  private outcome(interrupted: boolean): RunOutcome {
    const { accounting, clock, incidents } = this;
    const { source } = this.run.plan;
    if (!interrupted && !this.timeIsUp && accounting.foundNothing && source.kind !== "generator") {
      throw noFacts(source.path);
    }
    const ended = interrupted ? null : accounting.close();
    const paused = this.rounds?.pausedMilliseconds ?? 0;
    const seconds = ended === null ? clock.seconds(paused) : clock.secondsToLastPart(paused);
    const rounds = this.rounds?.rounds ?? [];
    return { ...this.state(), ...accounting.totals, rounds, incidents, seconds, ended };
  }

  private start(): void {
    const { plan, codecFile, workers, conditions } = this.run;
    const worker = this.pool.start();
    this.workers.set(worker, {
      ...{ ranges: [], ready: false, begun: undefined, finished: false },
      progress: NOTHING_DONE,
    });
    worker.tell({ kind: "plan", plan, codecFile, conditions: shareOf(conditions, workers) });
  }

  private hear(event: RunEvent): void {
    switch (event.kind) {
      case "message":
        this.hearWorker(event.worker, event.message);
        break;
      case "ended":
        this.replace(event.worker, event.cause);
        break;
      case "not started":
        throw event.error;
      case "time is up":
        this.finish();
        break;
      case "segments":
        this.assignAll();
    }
  }

  private hearWorker(worker: PoolWorker, message: FromWorker): void {
    const assignment = this.workers.get(worker);
    // Whoever is gone is not heard: what it did is done again.
    if (assignment === undefined) return;
    switch (message.kind) {
      case "ready":
        assignment.ready = true;
        if (!this.clock.isRunning) this.begin();
        this.assign(worker, assignment);
        break;
      case "begun":
        assignment.begun = message.range;
        break;
      case "progress":
        assignment.progress = message.progress;
        this.hooks.onProgress(this.state());
        break;
      case "part":
        assignment.progress = message.progress;
        assignment.ranges.shift();
        this.clock.partEnded();
        this.accounting.enter(message.range, message.part, message.sourceEnded, this.seconds());
        this.hooks.onProgress(this.state());
        this.segments?.release(message.range);
        // Another one may have waited for what is left of the range.
        this.assignAll();
        break;
      case "finished":
        assignment.finished = true;
        break;
      case "paused":
      case "probed":
        this.rounds?.hear(worker, message);
        break;
      case "failed":
        throw failureOf(message, (problem) => this.fullDisk(problem));
    }
  }

  /** The first worker is ready: time counts from here. */
  private begin(): void {
    this.clock.start();
    this.rounds?.start();
    const { plan, secondsBefore, repair } = this.run;
    if (plan.source.kind === "pipe") void this.read(plan.source);
    // What was lost is made again however long that takes.
    if (plan.durationSeconds === null || repair !== null) return;
    const left = Math.max(0, plan.durationSeconds - secondsBefore) * 1000;
    // Node's timers know no longer time than 2³¹ − 1 milliseconds.
    if (left >= 2 ** 31) return;
    this.timer = setTimeout(() => this.events.emit("event", { kind: "time is up" }), left);
  }

  /** Has the input read and put aside. */
  private async read(source: Extract<SourcePlan, { kind: "pipe" }>): Promise<void> {
    const { accounting, run } = this;
    const onReady = () => this.events.emit("event", { kind: "segments" });
    this.isReading = true;
    this.segments = new Segments({
      ...{ source, onReady, folder: this.folder },
      next: () => accounting.next(),
      most: SEGMENTS_FOR_WORKER * run.workers + 1,
    });
    try {
      const end = await this.segments.make();
      if (end !== undefined) accounting.endAt(end);
    } catch (error) {
      this.unreadable = error;
    }
    this.isReading = false;
    onReady();
  }

  private assignAll(): void {
    for (const [worker, assignment] of this.workers) this.assign(worker, assignment);
  }

  private assign(worker: PoolWorker, { ready, ranges }: Assignment): void {
    if (!ready) return;
    if (this.segments !== undefined) {
      while (ranges.length < SEGMENTS_FOR_WORKER) {
        const range = this.segments.take();
        if (range === undefined) break;
        ranges.push(range);
        worker.tell({ kind: "range", range });
      }
      return;
    }
    while (ranges.length === 0 || (ranges.length === 1 && this.accounting.mayWorkAhead)) {
      const range = this.accounting.next();
      if (range === undefined) break;
      ranges.push(range);
      worker.tell({ kind: "range", range });
    }
  }

  private isDone(): boolean {
    const isTaken = !this.isReading && (this.segments?.isEmpty ?? true);
    return [...this.workers.values()].every(({ ready, ranges, finished }) =>
      this.timeIsUp ? finished || !ready : ready && ranges.length === 0 && isTaken,
    );
  }

  /** Time is up: what is open is ended where it is. */
  private finish(): void {
    this.timeIsUp = true;
    this.accounting.stop();
    this.rounds?.stop();
    for (const worker of this.workers.keys()) worker.tell({ kind: "finish" });
  }

  /** A worker died: its ranges are for another one, unless they are what kills workers. */
  private replace(worker: PoolWorker, cause: string): void {
    const assignment = this.workers.get(worker);
    if (assignment === undefined) return;
    const { ranges, begun, ready, progress } = assignment;
    const { plan } = this.run;
    this.rounds?.giveUpRound();
    this.workers.delete(worker);
    this.gone.push(progress);
    if (!ready) throw diedAtOnce(cause);
    const [first] = ranges;
    if (plan.source.kind === "stream" && plan.source.path === "-" && first !== undefined) {
      throw diedWithStdin(cause);
    }
    if (this.segments === undefined) this.accounting.giveBack(ranges);
    else this.segments.giveBack(ranges as SegmentRange[]);
    const over = ranges.find(({ from }) => from === begun?.from) ?? first;
    const what = diedOver(plan, over, cause);
    if (over === undefined) {
      this.mended(`${what}.`);
      return;
    }
    const attempts = this.accounting.fail(over);
    if (attempts >= MAX_ATTEMPTS) throw triedInVain(what);
    this.mended(
      this.timeIsUp
        ? `${what}.`
        : `${what}; it is done again (${attempts} of ${MAX_ATTEMPTS - 1}).`,
    );
    if (!this.timeIsUp) this.start();
  }

  private mended(incident: string): void {
    this.incidents.push(incident);
    this.hooks.onIncident(incident);
  }

  private fullDisk(message: string): DiskFullError {
    return diskFull(message, this.run.plan, this.accounting.bytesLeft);
  }

  private seconds(): number {
    return this.clock.seconds(this.rounds?.pausedMilliseconds ?? 0);
  }

  private state(): RunState {
    const workers = [...this.workers.values()].map(({ progress }) => progress);
    return {
      seconds: this.seconds(),
      workers: [...workers, ...this.gone],
      parts: this.accounting.totals.parts,
      positionsDone: this.accounting.positionsDone,
    };
  }
}
