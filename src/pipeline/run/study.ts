import { machineTimes, type Counters } from "../../machine/counters.js";
import type { FromWorker, ToWorker } from "./messages.js";
import { PROBES, type Probe, type Probed } from "./probe.js";

/** What a worker did between two pauses. */
export interface Slice {
  readonly facts: number;
  readonly seconds: number;
  readonly storedBytes: number;
  /** Processor time of the worker since all went on. */
  readonly cpuSinceRelease: number;
  readonly counters: Counters;
}

/** One round of measuring: facts per second of all workers together, and what was counted. */
export interface StudyRound {
  readonly generator: number | null;
  readonly encode: number | null;
  readonly codec: number;
  readonly sink: number | null;
  readonly wideSink: number | null;
  readonly pipeline: number;
  readonly factsPerBatch: number | null;
  /** Processor time that others had while the pipeline ran, and how long that was. */
  readonly othersSeconds: number | null;
  readonly windowSeconds: number;
  readonly slices: readonly Slice[];
}

/** The pipeline runs so long between two rounds. */
const SLICE_SECONDS = 0.6;
/** The first round only warms up what the pipeline has not used yet. */
const WARM_UP_ROUNDS = 1;

type Step = "running" | "pausing" | Probe;

/**
 * Measures the parts of a running pipeline: every so often all workers stand still, do each part alone
 * at the same time, and go on. So every ceiling is of the same processes, the same moment, and the same
 * crowd as the pipeline's own rate.
 */
export class Study<Worker> {
  readonly rounds: StudyRound[] = [];
  /** Milliseconds for which the pipeline stood still. */
  pausedMilliseconds = 0;
  private step: Step = "running";
  private answers = new Map<Worker, unknown>();
  private found: Partial<Record<Probe, (Probed | null)[]>> = {};
  private slices: (Slice | null)[] = [];
  private pausedAt: number | undefined;
  private window = this.look();
  private others: { seconds: number | null; of: number } = { seconds: null, of: 0 };
  private timer: NodeJS.Timeout | undefined;
  private roundsBegun = 0;

  constructor(
    private readonly workers: () => readonly Worker[],
    private readonly tell: (worker: Worker, message: ToWorker) => void,
  ) {}

  /** The pipeline is running; begins to measure after a while. */
  start(): void {
    this.window = this.look();
    this.timer = setTimeout(() => this.pause(), SLICE_SECONDS * 1000);
    this.timer.unref();
  }

  /** Takes a worker's answer. */
  hear(worker: Worker, message: Extract<FromWorker, { kind: "paused" | "probed" }>): void {
    if (this.step === "running") return;
    if (message.kind === "paused") {
      if (this.step !== "pausing") return;
      this.answers.set(worker, message.slice);
    } else {
      if (message.probe !== this.step) return;
      this.answers.set(worker, message.probed);
    }
    if (this.answers.size >= this.workers().length) this.next();
  }

  /** A worker died, or the run is about to end: whoever stands still goes on. */
  giveUpRound(): void {
    if (this.step === "running") return;
    this.resume();
  }

  stop(): void {
    this.giveUpRound();
    clearTimeout(this.timer);
  }

  private pause(): void {
    this.roundsBegun += 1;
    this.step = "pausing";
    this.answers.clear();
    this.found = {};
    for (const worker of this.workers()) this.tell(worker, { kind: "pause" });
  }

  /** All have answered: on to the next part, or to the pipeline itself. */
  private next(): void {
    const answers = [...this.answers.values()];
    this.answers.clear();
    if (this.step === "pausing") {
      this.pausedAt = performance.now();
      this.slices = answers as (Slice | null)[];
      this.others = this.othersSince(this.window);
    } else if (this.step !== "running") {
      this.found[this.step] = answers as (Probed | null)[];
    }
    const probe = PROBES[this.step === "pausing" ? 0 : PROBES.indexOf(this.step as Probe) + 1];
    if (probe === undefined) {
      this.keepRound();
      this.resume();
      return;
    }
    this.step = probe;
    for (const worker of this.workers()) this.tell(worker, { kind: "probe", probe });
  }

  private resume(): void {
    if (this.pausedAt !== undefined) this.pausedMilliseconds += performance.now() - this.pausedAt;
    this.pausedAt = undefined;
    this.step = "running";
    this.start();
    for (const worker of this.workers()) this.tell(worker, { kind: "resume" });
  }

  private keepRound(): void {
    const slices = this.slices.filter((slice) => slice !== null);
    const codec = this.rateOf("codec");
    if (this.roundsBegun <= WARM_UP_ROUNDS || codec === null) return;
    // A worker that had nothing to do says nothing of what all of them can do.
    if (slices.length < this.slices.length) return;
    const sink = this.found.sink?.filter((probed) => probed !== null) ?? [];
    const batches = sink.reduce((sum, probed) => sum + probed.batches, 0);
    this.rounds.push({
      generator: this.rateOf("generator"),
      encode: this.rateOf("encode"),
      codec,
      sink: this.rateOf("sink"),
      wideSink: this.rateOf("wideSink"),
      pipeline: slices.reduce((sum, { facts, seconds }) => sum + facts / seconds, 0),
      factsPerBatch:
        batches === 0 ? null : sink.reduce((sum, { facts }) => sum + facts, 0) / batches,
      othersSeconds: this.others.seconds,
      windowSeconds: this.others.of,
      slices,
    });
  }

  /** What the whole machine and this process have done so far. */
  private look() {
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now() / 1000,
      machine: machineTimes().machineSeconds,
      own: (user + system) / 1e6,
    };
  }

  /** What others than the workers and this process did with the processors. */
  private othersSince(before: ReturnType<Study<Worker>["look"]>) {
    const now = this.look();
    const ours = this.slices.reduce((sum, slice) => sum + (slice?.cpuSinceRelease ?? 0), 0);
    const seconds =
      now.machine === null || before.machine === null
        ? null
        : Math.max(0, now.machine - before.machine - ours - (now.own - before.own));
    return { seconds, of: now.at - before.at };
  }

  /** Facts per second of all workers together, or `null` where not every one of them could tell. */
  private rateOf(probe: Probe): number | null {
    const found = this.found[probe] ?? [];
    let rate = 0;
    for (const probed of found) {
      if (probed === null) return null;
      rate += probed.facts / probed.seconds;
    }
    return rate === 0 ? null : rate;
  }
}
