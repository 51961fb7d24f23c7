import { EventEmitter, on } from "node:events";
import { DiskFullError, noFacts, type HellfactError } from "../../core/errors.js";
import {
  type Dispatcher,
  type DispatchEvent,
  type Supply,
  type Task,
} from "../../core/transport.js";
import type { PartAccounting } from "./accounting.js";
import type { MadePart, WorkerNews } from "./crew/made-part.js";
import {
  deadLetters,
  diedOver,
  diedWithStdin,
  diskFull,
  failureOf,
  happenedOver,
  triedInVain,
  type DeadLetter,
} from "./failures.js";
import { isProgress, type WorkerProgress, type WorkRange } from "./messages.js";
import type { RunHooks, RunOutcome, RunState } from "./outcome.js";
import type { MadeRange, Range, Run } from "./plan.js";
import { isPiped, Pipe } from "./pipe/pipe.js";
import type { ProbeRound } from "./crew/probe-rounds.js";
import { RunClock } from "./run-clock.js";

export type RangeDispatcher = Dispatcher<WorkRange, MadePart, WorkerNews>;
export type RangeEvent = DispatchEvent<WorkRange, MadePart, WorkerNews>;

/** The one stage of a run. */
export const RANGE_STAGE = "range";

/** What depends on where the workers of a run are. */
export interface Surroundings {
  /** Measures the running pipeline, where its workers are this machine's. */
  readonly rounds?:
    | {
        readonly rounds: readonly ProbeRound[];
        readonly pausedMilliseconds: number;
        start(): void;
        stop(): void;
      }
    | undefined;
  /** Puts the files of a part in place; `undefined` where they are not there any more. */
  place(made: MadePart): MadeRange | undefined | Promise<MadeRange | undefined>;
  /** Whether a range that fails for good ends the run at once, or is listed at its end. */
  readonly failsAtOnce: boolean;
  /** Where an input that has one reader is put aside for workers, and in how many ranges at most. */
  readonly folder: string;
  readonly mostSegments: number;
  /** Starts workers, where they are this machine's; and ends them. */
  begin?(): void;
  end?(): Promise<void>;
}

type RunEvent = RangeEvent | { readonly kind: "time is up" | "more" };

/** Hands out the ranges of a run, and has the parts that come back entered. Who makes them it does not know. */
export class Coordinator implements Supply<WorkRange> {
  private readonly events = new EventEmitter();
  /** Ranges that were handed out and are not parts yet, by their keys. */
  private readonly open = new Map<string, Range>();
  private readonly workers = new Map<string, WorkerProgress>();
  private readonly incidents: string[] = [];
  private readonly dead: DeadLetter[] = [];
  private readonly clock = new RunClock();
  private timer: NodeJS.Timeout | undefined;
  private timeIsUp = false;
  private finished = false;
  /** An input that has one reader. */
  private pipe: Pipe | undefined;

  constructor(
    private readonly run: Run,
    private readonly accounting: PartAccounting,
    private readonly hooks: RunHooks,
    private readonly dispatcher: RangeDispatcher,
    private readonly surroundings: Surroundings,
  ) {}

  /** For workers that cannot even begin. */
  readonly onFatal = (error: HellfactError): void => {
    if (this.events.listenerCount("error") > 0) this.events.emit("error", error);
  };

  /** Goes on until everything is done, time is up, or the run is interrupted. */
  async work(): Promise<RunOutcome> {
    const { signal } = this.hooks;
    let isOver = false;
    try {
      const events = on(this.events, "event", { signal }) as AsyncIterable<[RunEvent]>;
      await this.dispatcher.start(this, (event) => this.events.emit("event", event));
      this.surroundings.begin?.();
      if (!this.isDone()) {
        for await (const [event] of events) {
          await this.hear(event);
          if (this.isDone()) break;
        }
      }
      if (this.pipe?.unreadable !== undefined) throw this.pipe.unreadable;
      isOver = true;
    } catch (error) {
      if (error instanceof DiskFullError) throw this.fullDisk(error.message);
      if (!(signal.aborted && error instanceof Error && error.name === "AbortError")) throw error;
    } finally {
      clearTimeout(this.timer);
      this.pipe?.stop();
      this.surroundings.rounds?.stop();
      await this.surroundings.end?.();
      await this.dispatcher.stop(isOver);
      await this.pipe?.close(isOver && this.dead.length === 0);
    }
    if (this.dead.length > 0) throw deadLetters(this.run.plan, this.dead);
    return this.outcome(signal.aborted);
  }

  private outcome(interrupted: boolean): RunOutcome {
    const { accounting, clock, incidents } = this;
    const { source } = this.run.plan;
    if (!interrupted && !this.timeIsUp && accounting.foundNothing && source.kind !== "generator") {
      throw noFacts(source.path);
    }
    const ended = interrupted ? null : accounting.close();
    const paused = this.paused;
    const seconds = ended === null ? clock.seconds(paused) : clock.secondsToLastPart(paused);
    const rounds = this.surroundings.rounds?.rounds ?? [];
    return { ...this.state(), ...accounting.totals, rounds, incidents, seconds, ended };
  }

  get mayWorkAhead(): boolean {
    return this.pipe !== undefined || this.accounting.mayWorkAhead;
  }

  next(): Task<WorkRange> | undefined {
    const range = isPiped(this.run.plan.source) ? this.pipe?.take() : this.accounting.next();
    if (range === undefined) return undefined;
    const key = String(range.from);
    this.open.set(key, range);
    return { key, stage: RANGE_STAGE, body: range };
  }

  private async hear(event: RunEvent): Promise<void> {
    const isWork = event.kind === "news" || event.kind === "done";
    if (isWork && !this.clock.isRunning) this.begin();
    switch (event.kind) {
      case "news":
        if (event.news.kind === "died") this.mended(`a worker died ${event.news.cause}.`);
        else if (isProgress(event.news.progress))
          this.workers.set(event.worker, event.news.progress);
        this.hooks.onProgress(this.state());
        break;
      case "done":
        await this.enter(event.task, event.made);
        break;
      case "failed":
        this.fail(event);
        break;
      case "mended":
        this.mended(event.what);
        break;
      case "finished":
        this.finished = true;
        break;
      case "more":
        this.dispatcher.refill();
        break;
      case "time is up":
        this.timeIsUp = true;
        this.accounting.stop();
        this.dispatcher.finish();
    }
  }

  private async enter(task: Task<WorkRange>, made: MadePart): Promise<void> {
    // What was done twice counts once.
    if (!this.open.has(task.key)) return;
    const part = await this.surroundings.place(made);
    if (part === undefined) {
      this.mended(
        `${happenedOver(this.run.plan, task.body)}: what a worker left of them is gone; they are made again.`,
      );
      this.dispatcher.retract(task);
      return;
    }
    this.open.delete(task.key);
    this.clock.partEnded();
    this.accounting.enter(task.body, part, made.sourceEnded, this.seconds());
    this.pipe?.release(task.body);
    this.hooks.onProgress(this.state());
    // Another one may have waited for what is left of the range.
    this.dispatcher.refill();
  }

  private fail(event: Extract<RangeEvent, { kind: "failed" }>): void {
    const { task, failure, attempts, most, again } = event;
    const { plan } = this.run;
    const { kind, message } = failure;
    const isDeath = kind === "died" || kind === "silent";
    if (kind === "died" && plan.source.kind === "stream" && plan.source.path === "-") {
      throw diedWithStdin(message);
    }
    const what = isDeath
      ? diedOver(plan, task.body, message)
      : `${happenedOver(plan, task.body)}: ${message.replace(/\.$/, "")}`;
    if (again) {
      this.mended(`${what}; it is done again (${attempts} of ${most - 1}).`);
      return;
    }
    this.open.delete(task.key);
    if (this.timeIsUp && isDeath) {
      this.mended(`${what}.`);
      return;
    }
    if (this.surroundings.failsAtOnce) {
      throw isDeath ? triedInVain(what) : failureOf(failure);
    }
    this.dead.push({ range: task.body, why: isDeath ? message : what, attempts });
    this.mended(`${what}. It was tried ${attempts} times, and is left out.`);
  }

  /** The first worker is ready: time counts from here. */
  private begin(): void {
    this.clock.start();
    this.surroundings.rounds?.start();
    const { plan, done, secondsBefore, repair } = this.run;
    if (isPiped(plan.source)) {
      const { folder, mostSegments: most } = this.surroundings;
      const onReady = () => this.events.emit("event", { kind: "more" });
      const keeps = plan.folder !== null;
      const { source } = plan;
      const how = { folder, most, keeps, goesOn: done.length > 0 || repair !== null };
      this.pipe = new Pipe({ accounting: this.accounting, source, ...how, onReady });
      void this.pipe.read();
    }
    // What was lost is made again however long that takes.
    if (plan.durationSeconds === null || repair !== null) return;
    const left = Math.max(0, plan.durationSeconds - secondsBefore) * 1000;
    // Node's timers know no longer time than 2³¹ − 1 milliseconds.
    if (left >= 2 ** 31) return;
    this.timer = setTimeout(() => this.events.emit("event", { kind: "time is up" }), left);
  }

  private isDone(): boolean {
    if (this.timeIsUp) return this.finished;
    const isTaken = isPiped(this.run.plan.source)
      ? this.pipe?.isTaken === true
      : this.accounting.isExhausted;
    return this.open.size === 0 && isTaken;
  }

  private mended(incident: string): void {
    this.incidents.push(incident);
    this.hooks.onIncident(incident);
  }

  private fullDisk(message: string): DiskFullError {
    return diskFull(message, this.run.plan, this.accounting.bytesLeft);
  }

  private get paused(): number {
    return this.surroundings.rounds?.pausedMilliseconds ?? 0;
  }

  private seconds(): number {
    return this.clock.seconds(this.paused);
  }

  private state(): RunState {
    return {
      seconds: this.seconds(),
      workers: [...this.workers.values()],
      parts: this.accounting.totals.parts,
      positionsDone: this.accounting.positionsDone,
    };
  }
}
