import { fork, type ChildProcess } from "node:child_process";
import {
  DiskFullError,
  HellfactError,
  InputError,
  lastErrorLine,
  noFacts,
} from "../../core/errors.js";
import type { ManifestWriter, RunEnd } from "./manifest.js";
import type { FromWorker, ToWorker, WorkerConditions, WorkerProgress } from "./messages.js";
import type { PartEntry, Range, RunPlan } from "./plan.js";
import { Ranges } from "./ranges.js";
import { Study, type StudyRound } from "./study.js";

/** How often a part is tried before the run gives up on it. */
const MAX_ATTEMPTS = 3;

export interface RunOptions {
  readonly plan: RunPlan;
  readonly workers: number;
  /** What all workers together keep to, or are held back by. */
  readonly conditions: WorkerConditions;
  /** Parts that are already whole, and how long they took, when a run is resumed. */
  readonly done: readonly PartEntry[];
  readonly secondsBefore: number;
  readonly signal: AbortSignal;
  readonly onProgress: (state: RunState) => void;
  /** Something went wrong and was mended. */
  readonly onIncident: (text: string) => void;
}

/** How far a run is. */
export interface RunState {
  readonly seconds: number;
  readonly workers: readonly WorkerProgress[];
  /** Parts finished in this process. */
  readonly parts: number;
  /** Positions in whole parts, those of earlier processes included. */
  readonly positionsDone: number;
}

export interface RunOutcome extends RunState {
  readonly facts: number;
  readonly encodedBytes: number;
  readonly storedBytes: number;
  readonly rejected: number;
  /** What was measured of the parts of the pipeline meanwhile, where that was asked. */
  readonly rounds: readonly StudyRound[];
  /** Why it ended; `null` if it was interrupted. */
  readonly ended: RunEnd | null;
}

/** A worker as its coordinator sees it. */
interface Hand {
  readonly child: ChildProcess;
  readonly ranges: Range[];
  ready: boolean;
  /** What it began last. */
  begun: Range | undefined;
  finished: boolean;
  progress: WorkerProgress;
  /** What it wrote to standard error, for when it dies. */
  errorOutput: string;
}

/** Hands out the ranges of one run to workers, and enters what they finish into the manifest. */
export class Coordinator {
  /** Parts finished in this process; kept only where there are files. */
  readonly parts: PartEntry[] = [];
  private readonly ranges: Ranges;
  /** Where parts are cut short, what is left of a range is next, and not another one. */
  private readonly cutsParts: boolean;
  private readonly hands: Hand[] = [];
  /** What workers had done that died. */
  private readonly gone: WorkerProgress[] = [];
  private readonly attempts = new Map<number, number>();
  private readonly totals = { facts: 0, encodedBytes: 0, storedBytes: 0, rejected: 0, parts: 0 };
  private positionsDone: number;
  private timer: NodeJS.Timeout | undefined;
  private readonly study: Study<Hand> | undefined;
  private startedAt = 0;
  /** When the last part was entered. */
  private endedAt = 0;
  private timeIsUp = false;
  /** Where the source ended, or else what was asked for does. */
  private end: number;
  private sourceEnded = false;
  private dismissed = false;
  private settle: (error?: Error) => void = () => undefined;

  constructor(
    private readonly options: RunOptions,
    private readonly manifest: ManifestWriter | undefined,
  ) {
    const { plan, done } = options;
    this.ranges = new Ranges(plan.start, plan.end, plan.partLength, done);
    this.end = plan.end;
    this.cutsParts = plan.mostPartSeconds !== null || plan.mostPartBytes !== null;
    this.positionsDone = done.reduce((sum, { from, to }) => sum + to - from, 0);
    if (options.conditions.study) {
      this.study = new Study(
        () => this.hands.filter(({ ready }) => ready),
        (hand, message) => this.tell(hand, message),
      );
    }
  }

  async run(): Promise<RunOutcome> {
    const { workers, signal } = this.options;
    try {
      await new Promise<void>((resolve, reject) => {
        this.settle = (error) => (error === undefined ? resolve() : reject(error));
        signal.addEventListener("abort", () => this.settle(), { once: true });
        for (let number = 0; number < workers; number++) this.hire();
      });
    } finally {
      clearTimeout(this.timer);
      this.study?.stop();
      await this.dismiss();
    }
    const ended = signal.aborted ? null : this.whyEnded();
    this.refuseNothing(ended);
    if (ended !== null) this.manifest?.end(ended, this.timeIsUp ? null : this.end);
    return {
      ...this.state(),
      ...this.totals,
      rounds: this.study?.rounds ?? [],
      seconds: ended === null ? this.seconds() : this.seconds(this.endedAt),
      ended,
    };
  }

  /** An input that turned out to be empty is a mistake. */
  private refuseNothing(ended: RunEnd | null): void {
    const { plan, done } = this.options;
    const { facts, rejected } = this.totals;
    if (ended !== "input" || plan.source.kind !== "stream" || done.length > 0) return;
    if (facts + rejected === 0) throw noFacts(plan.source.path);
  }

  /** The first worker is ready: time counts from here. */
  private start(): void {
    this.startedAt = this.endedAt = performance.now();
    this.study?.start();
    const { plan, secondsBefore } = this.options;
    if (plan.durationSeconds === null) return;
    const left = Math.max(0, plan.durationSeconds - secondsBefore) * 1000;
    // Node's timers know no longer time than 2³¹ − 1 milliseconds.
    if (left < 2 ** 31) this.timer = setTimeout(() => this.finish(), left);
  }

  private whyEnded(): RunEnd {
    if (this.timeIsUp) return "duration";
    return this.sourceEnded ? "input" : "facts";
  }

  private hire(): void {
    const { plan, workers, conditions } = this.options;
    const child = fork(new URL("./worker-process.js", import.meta.url), {
      stdio: ["inherit", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    const hand: Hand = {
      child,
      ranges: [],
      ready: false,
      begun: undefined,
      finished: false,
      progress: NOTHING_DONE,
      errorOutput: "",
    };
    this.hands.push(hand);
    child.stderr?.on("data", (data: Buffer) => {
      hand.errorOutput = (hand.errorOutput + data.toString()).slice(-10_000);
    });
    child.on("message", (message) => {
      try {
        this.hear(hand, message as FromWorker);
      } catch (error) {
        this.settle(error instanceof DiskFullError ? this.noRoom(error.message) : (error as Error));
      }
    });
    child.on("error", (error) => this.settle(new HellfactError(error.message)));
    child.on("close", (code, killedBy) => this.bury(hand, killedBy ?? `exit code ${code}`));
    this.tell(hand, { kind: "plan", plan, conditions: shareOf(conditions, workers) });
  }

  private hear(hand: Hand, message: FromWorker): void {
    // Whoever is gone is not heard: what it did is done again.
    if (this.dismissed || !this.hands.includes(hand)) return;
    switch (message.kind) {
      case "ready":
        hand.ready = true;
        if (this.startedAt === 0) this.start();
        this.assign(hand);
        break;
      case "begun":
        hand.begun = message.range;
        break;
      case "progress":
        hand.progress = message.progress;
        this.options.onProgress(this.state());
        break;
      case "part":
        hand.progress = message.progress;
        this.enter(hand, message);
        break;
      case "finished":
        hand.finished = true;
        this.endIfDone();
        break;
      case "paused":
      case "probed":
        this.study?.hear(hand, message);
        break;
      case "failed":
        this.settle(this.failure(message));
    }
  }

  private enter(hand: Hand, message: Extract<FromWorker, { kind: "part" }>): void {
    const { range, part, sourceEnded } = message;
    hand.ranges.shift();
    this.endedAt = performance.now();
    if (this.manifest !== undefined && part.file !== null) {
      const entry = { ...part, file: part.file };
      this.manifest.addPart(entry, this.options.secondsBefore + this.seconds());
      this.parts.push(entry);
    }
    this.totals.facts += part.facts;
    this.totals.encodedBytes += part.encodedBytes;
    this.totals.storedBytes += part.storedBytes;
    this.totals.rejected += part.rejected;
    this.totals.parts += 1;
    this.positionsDone += part.to - part.from;
    if (sourceEnded) {
      this.sourceEnded = true;
      this.end = Math.min(this.end, part.to);
      this.ranges.endAt(part.to);
    } else if (!this.timeIsUp) {
      this.ranges.giveBack({ from: part.to, to: range.to });
    }
    this.options.onProgress(this.state());
    // Another one may have waited for what was given back.
    for (const other of this.hands) this.assign(other);
    this.endIfDone();
  }

  private assign(hand: Hand): void {
    if (!hand.ready || this.timeIsUp) return;
    while (hand.ranges.length === 0 || (hand.ranges.length === 1 && this.mayWorkAhead())) {
      const range = this.ranges.next();
      if (range === undefined) break;
      hand.ranges.push(range);
      this.tell(hand, { kind: "range", range });
    }
    this.endIfDone();
  }

  /**
   * Whether a worker gets a second range, so that it need not wait for one when it is done with the
   * first: as long as there are enough for all.
   */
  private mayWorkAhead(): boolean {
    return !this.cutsParts && this.ranges.hasAtLeast(this.options.workers);
  }

  private endIfDone(): void {
    const isDone = (hand: Hand) =>
      this.timeIsUp ? hand.finished || !hand.ready : hand.ready && hand.ranges.length === 0;
    if (this.hands.every(isDone)) this.settle();
  }

  /** Time is up: what is open is ended where it is. */
  private finish(): void {
    this.timeIsUp = true;
    this.study?.stop();
    for (const hand of this.hands) this.tell(hand, { kind: "finish" });
    this.endIfDone();
  }

  /** A worker died: its ranges are for another one, unless they are what kills workers. */
  private bury(hand: Hand, how: string): void {
    if (this.dismissed) return;
    this.study?.giveUpRound();
    this.hands.splice(this.hands.indexOf(hand), 1);
    this.gone.push(hand.progress);
    const said = lastErrorLine(hand.errorOutput);
    const cause = `(${how})${said === undefined ? "" : `: ${said}`}`;
    if (!hand.ready) {
      this.settle(new HellfactError(`a worker died before it did anything ${cause}.`));
      return;
    }
    const { source } = this.options.plan;
    if (source.kind === "stream" && source.path === "-" && hand.ranges.length > 0) {
      this.settle(new HellfactError(`the worker died, and what it had read is lost ${cause}.`));
      return;
    }
    for (const range of hand.ranges.toReversed()) this.ranges.giveBack(range);
    const over = hand.ranges.find(({ from }) => from === hand.begun?.from) ?? hand.ranges[0];
    const attempts = over === undefined ? 0 : (this.attempts.get(over.from) ?? 0) + 1;
    const what = `a worker died${over === undefined ? "" : ` over ${this.nameOf(over)}`} ${cause}`;
    if (attempts >= MAX_ATTEMPTS) {
      this.settle(new HellfactError(`${what}. It was tried ${attempts} times.`));
      return;
    }
    if (over !== undefined) this.attempts.set(over.from, attempts);
    if (this.timeIsUp || over === undefined) {
      this.options.onIncident(`${what}.`);
      this.endIfDone();
      return;
    }
    this.options.onIncident(`${what}; it is done again (${attempts} of ${MAX_ATTEMPTS - 1}).`);
    this.hire();
  }

  /** Ends all workers and waits until they are gone. */
  private async dismiss(): Promise<void> {
    this.dismissed = true;
    await Promise.all(
      this.hands.map(
        ({ child }) =>
          new Promise<void>((gone) => {
            if (child.exitCode !== null || child.signalCode !== null) gone();
            else child.once("exit", () => gone()).kill("SIGKILL");
          }),
      ),
    );
  }

  private failure({ error, message }: Extract<FromWorker, { kind: "failed" }>): HellfactError {
    switch (error) {
      case "disk-full":
        return this.noRoom(message);
      case "input":
        return new InputError(message);
      case "other":
        return new HellfactError(message);
    }
  }

  /** The error of a full disk, with how much is needed and how the run goes on. */
  private noRoom(message: string): DiskFullError {
    const { start, end, partLength, bytesPerPosition, folder } = this.options.plan;
    const left = end === Number.MAX_SAFE_INTEGER ? partLength : end - start - this.positionsDone;
    const needed =
      bytesPerPosition === null
        ? ""
        : `It needs about ${Math.ceil(left * bytesPerPosition)} bytes; `;
    return new DiskFullError(
      `${message} ${needed}then hellfact run --resume ${folder ?? ""} goes on.`,
    );
  }

  private tell({ child }: Hand, message: ToWorker): void {
    // If it is gone by now, its end is told by another event.
    if (child.connected) child.send(message, () => undefined);
  }

  private nameOf({ from, to }: Range): string {
    const unit = { generator: "facts", lines: "bytes", stream: "lines" } as const;
    return `${unit[this.options.plan.source.kind]} ${from} to ${to - 1}`;
  }

  /** From the first range that was handed out, without the time for which workers stood still. */
  private seconds(until = performance.now()): number {
    const paused = this.study?.pausedMilliseconds ?? 0;
    return this.startedAt === 0 ? 0 : Math.max(0, until - this.startedAt - paused) / 1000;
  }

  private state(): RunState {
    return {
      seconds: this.seconds(),
      workers: [...this.hands.map(({ progress }) => progress), ...this.gone],
      parts: this.totals.parts,
      positionsDone: this.positionsDone,
    };
  }
}

/** What one of several workers is to keep to. */
function shareOf(all: WorkerConditions, workers: number): WorkerConditions {
  const share = (amount: number | null) => (amount === null ? null : amount / workers);
  const slowing = { ...all.slowing, bytesPerSecond: share(all.slowing.bytesPerSecond) };
  return { ...all, factsPerSecond: share(all.factsPerSecond), slowing };
}

const NOTHING_DONE: WorkerProgress = {
  facts: 0,
  encodedBytes: 0,
  storedBytes: 0,
  stages: { source: 0, encode: 0, compress: 0, write: 0, wait: 0 },
  secondsLate: 0,
  mostSecondsLate: 0,
  peakMemoryBytes: 0,
};
