import { fork, type ChildProcess } from "node:child_process";
import { DiskFullError, HellfactError, InputError } from "../../core/errors.js";
import { clearUncounted, lockFolder } from "./folder.js";
import { ManifestWriter, type RunEnd } from "./manifest.js";
import type { FromWorker, ToWorker, WorkerProgress } from "./messages.js";
import type { PartEntry, Range, RunPlan } from "./plan.js";
import { Ranges } from "./ranges.js";

/** How often a part is tried before the run gives up on it. */
const MOST_ATTEMPTS = 3;

export interface RunOptions {
  readonly plan: RunPlan;
  readonly workers: number;
  /** Facts a second of all workers together; `null` for as fast as it goes. */
  readonly factsPerSecond: number | null;
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
  /** Why it ended; `null` if it was interrupted. */
  readonly ended: RunEnd | null;
}

/**
 * Runs workers over the ranges of a plan until all are done or time is up. A part counts when it is
 * in the manifest, and it gets there only whole.
 *
 * Rejects with a `DiskFullError`, an `InputError`, or a `HellfactError` that names the range that
 * could not be made; the manifest is true, and nothing unfinished is left.
 */
export async function runPipeline(options: RunOptions): Promise<RunOutcome> {
  const { plan } = options;
  const { folder } = plan;
  if (folder === null) return new Coordinator(options, undefined).run();
  const unlock = lockFolder(folder);
  try {
    clearUncounted(folder, options.done);
    const manifest = new ManifestWriter(folder, plan);
    const coordinator = new Coordinator(options, manifest);
    try {
      return await coordinator.run();
    } finally {
      clearUncounted(folder, [...options.done, ...coordinator.parts]);
      manifest.close();
    }
  } finally {
    unlock();
  }
}

/** A worker as its coordinator sees it. */
interface Hand {
  readonly child: ChildProcess;
  readonly ranges: Range[];
  ready: boolean;
  finished: boolean;
  progress: WorkerProgress;
  /** What it wrote to standard error, for when it dies. */
  complaint: string;
}

class Coordinator {
  /** Parts finished in this process; kept only where there are files. */
  readonly parts: PartEntry[] = [];
  private readonly ranges: Ranges;
  /** Where parts are cut short, what is left of a range is next, and not another one. */
  private readonly cutsParts: boolean;
  private readonly hands: Hand[] = [];
  private readonly attempts = new Map<number, number>();
  private readonly totals = { facts: 0, encodedBytes: 0, storedBytes: 0, rejected: 0, parts: 0 };
  private positionsDone: number;
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
  }

  async run(): Promise<RunOutcome> {
    const { plan, workers, signal, secondsBefore } = this.options;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.settle = (error) => (error === undefined ? resolve() : reject(error));
        signal.addEventListener("abort", () => this.settle(), { once: true });
        for (let number = 0; number < workers; number++) this.hire();
        if (plan.durationSeconds !== null) {
          const left = Math.max(0, plan.durationSeconds - secondsBefore) * 1000;
          // Node's timers know no longer time than 2³¹ − 1 milliseconds.
          if (left < 2 ** 31) timer = setTimeout(() => this.finish(), left);
        }
      });
    } finally {
      clearTimeout(timer);
      await this.dismiss();
    }
    const interrupted = signal.aborted;
    const ended = interrupted ? null : this.whyEnded();
    if (ended !== null) this.manifest?.end(ended, this.timeIsUp ? null : this.end);
    return { ...this.state(), ...this.totals, seconds: this.seconds(this.endedAt), ended };
  }

  private whyEnded(): RunEnd {
    if (this.timeIsUp) return "duration";
    return this.sourceEnded ? "input" : "facts";
  }

  private hire(): void {
    const { plan, workers, factsPerSecond } = this.options;
    const child = fork(new URL("./worker-process.js", import.meta.url), {
      stdio: ["inherit", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    const hand: Hand = {
      child,
      ranges: [],
      ready: false,
      finished: false,
      progress: NOTHING_DONE,
      complaint: "",
    };
    this.hands.push(hand);
    child.stderr?.on("data", (data: Buffer) => {
      hand.complaint = (hand.complaint + data.toString()).slice(-10_000);
    });
    child.on("message", (message) => {
      try {
        this.hear(hand, message as FromWorker);
      } catch (error) {
        this.settle(error as Error);
      }
    });
    child.on("error", (error) => this.settle(new HellfactError(error.message)));
    child.on("exit", (code, killedBy) => this.bury(hand, killedBy ?? `exit code ${code}`));
    this.tell(hand, {
      kind: "plan",
      plan,
      factsPerSecond: factsPerSecond === null ? null : factsPerSecond / workers,
    });
  }

  private hear(hand: Hand, message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        hand.ready = true;
        if (this.startedAt === 0) this.startedAt = this.endedAt = performance.now();
        this.assign(hand);
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
      case "failed":
        this.settle(this.failure(message));
    }
  }

  private enter(hand: Hand, message: Extract<FromWorker, { kind: "part" }>): void {
    const { range, part, sourceEnded } = message;
    hand.ranges.shift();
    this.endedAt = performance.now();
    this.manifest?.addPart(part, this.options.secondsBefore + this.seconds());
    if (this.manifest !== undefined) this.parts.push(part);
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
    for (const hand of this.hands) this.tell(hand, { kind: "finish" });
    this.endIfDone();
  }

  /** A worker died: its ranges are for another one, unless they are what kills workers. */
  private bury(hand: Hand, how: string): void {
    if (this.dismissed) return;
    this.hands.splice(this.hands.indexOf(hand), 1);
    const [current, ...others] = hand.ranges;
    for (const range of others.toReversed()) this.ranges.giveBack(range);
    const cause = causeOf(hand.complaint);
    if (current === undefined) {
      this.settle(new HellfactError(`a worker died before it did anything (${how})${cause}.`));
      return;
    }
    const { source } = this.options.plan;
    if (source.kind === "stream" && source.path === "-") {
      this.settle(
        new HellfactError(`the worker died (${how}), and what it had read is lost${cause}.`),
      );
      return;
    }
    const attempts = (this.attempts.get(current.from) ?? 0) + 1;
    this.attempts.set(current.from, attempts);
    const what = `a worker died (${how}) over ${this.nameOf(current)}${cause}`;
    if (attempts >= MOST_ATTEMPTS) {
      this.settle(new HellfactError(`${what}. It was tried ${attempts} times.`));
      return;
    }
    this.options.onIncident(`${what}; it is done again (${attempts} of ${MOST_ATTEMPTS - 1}).`);
    this.ranges.giveBack(current);
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
        return new DiskFullError(`${message} ${this.wayOut()}`);
      case "input":
        return new InputError(message);
      case "other":
        return new HellfactError(message);
    }
  }

  /** How a run that had no more room can go on. */
  private wayOut(): string {
    const { start, end, partLength, bytesPerPosition, folder } = this.options.plan;
    const left = end === Number.MAX_SAFE_INTEGER ? partLength : end - start - this.positionsDone;
    const needed =
      bytesPerPosition === null
        ? ""
        : `It needs about ${Math.ceil(left * bytesPerPosition)} bytes; `;
    return `${needed}then hellfact run --resume ${folder ?? ""} goes on.`;
  }

  private tell({ child }: Hand, message: ToWorker): void {
    // If it is gone by now, its end is told by another event.
    if (child.connected) child.send(message, () => undefined);
  }

  private nameOf({ from, to }: Range): string {
    const unit = { generator: "facts", lines: "bytes", stream: "lines" } as const;
    return `${unit[this.options.plan.source.kind]} ${from} to ${to - 1}`;
  }

  /** From the first range that was handed out. */
  private seconds(until = performance.now()): number {
    return this.startedAt === 0 ? 0 : (until - this.startedAt) / 1000;
  }

  private state(): RunState {
    return {
      seconds: this.seconds(),
      workers: this.hands.map(({ progress }) => progress),
      parts: this.totals.parts,
      positionsDone: this.positionsDone,
    };
  }
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

function causeOf(complaint: string): string {
  const said = complaint.split("\n").find((line) => /error|fatal|terminat/i.test(line));
  return said === undefined ? "" : `: ${said.trim()}`;
}
