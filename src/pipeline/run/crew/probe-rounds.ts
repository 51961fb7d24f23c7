import { machineTimes } from "../../../machine/counters.js";
import type { FromWorker, ToWorker } from "../messages.js";
import { PROBES, type Probe, type Probed } from "../worker/probe.js";
import type { Slice } from "../worker/slice-recorder.js";

/** One round of measuring: facts per second of all workers together, and what was counted. */
export interface ProbeRound {
  readonly source: number | null;
  readonly encode: number | null;
  readonly encodeAndCompress: number;
  readonly write: number | null;
  readonly wideWrite: number | null;
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
 * Measures the stages of a running pipeline: every so often all workers stand still, do each stage alone
 * at the same time, and go on. So every ceiling is of the same processes, the same moment, and the same
 * load as the pipeline's own rate.
 */
export class ProbeRounds<Worker> {
  readonly rounds: ProbeRound[] = [];
  /** Milliseconds for which the pipeline stood still. */
  pausedMilliseconds = 0;
  private step: Step = "running";
  private answers = new Map<Worker, unknown>();
  private found: Partial<Record<Probe, (Probed | null)[]>> = {};
  private slices: (Slice | null)[] = [];
  private pausedAt: number | undefined;
  private before = this.readCounters();
  private others: { seconds: number | null; of: number } = { seconds: null, of: 0 };
  private timer: NodeJS.Timeout | undefined;
  private roundsBegun = 0;

  constructor(
    private readonly workers: () => readonly Worker[],
    private readonly tell: (worker: Worker, message: ToWorker) => void,
  ) {}

  /** The pipeline is running; begins to measure after a while. */
  start(): void {
    this.before = this.readCounters();
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

  /** All have answered: on to the next probe, or to the pipeline itself. */
  private next(): void {
    const answers = [...this.answers.values()];
    this.answers.clear();
    if (this.step === "pausing") {
      this.pausedAt = performance.now();
      this.slices = answers as (Slice | null)[];
      this.others = this.othersSince(this.before);
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
    const encodeAndCompress = this.rateOf("encodeAndCompress");
    if (this.roundsBegun <= WARM_UP_ROUNDS || encodeAndCompress === null) return;
    // A worker that had nothing to do says nothing of what all of them can do.
    if (slices.length < this.slices.length) return;
    const write = this.found.write?.filter((probed) => probed !== null) ?? [];
    const batches = write.reduce((sum, probed) => sum + probed.batches, 0);
    this.rounds.push({
      source: this.rateOf("source"),
      encode: this.rateOf("encode"),
      encodeAndCompress,
      write: this.rateOf("write"),
      wideWrite: this.rateOf("wideWrite"),
      pipeline: slices.reduce((sum, { facts, seconds }) => sum + facts / seconds, 0),
      factsPerBatch:
        batches === 0 ? null : write.reduce((sum, { facts }) => sum + facts, 0) / batches,
      othersSeconds: this.others.seconds,
      windowSeconds: this.others.of,
      slices,
    });
  }

  /** What the whole machine and this process have done so far. */
  private readCounters() {
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now() / 1000,
      machine: machineTimes().machineSeconds,
      own: (user + system) / 1e6,
    };
  }

  /** What others than the workers and this process did with the processors. */
  private othersSince(before: ReturnType<ProbeRounds<Worker>["readCounters"]>) {
    const now = this.readCounters();
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
