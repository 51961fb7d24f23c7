import { isSteady, STEADY_TAIL } from "../stats/steady.js";
import { CLOCKS, processorSeconds, secondsSinceStart, threadSeconds } from "./clock.js";
import { Sampler, type Sample } from "./sampler.js";
import type { Workload } from "./workload.js";

/** Long enough for the clock, short enough that twelve of them show whether a rate is flat. */
const SAMPLE_SECONDS = 0.008;
/** The later half of a warm-up is looked at in so many parts at most. */
const MOST_PARTS = 20;
/** A process that gets hardly any processor time waits for so many times what it is to work, and no longer. */
const PATIENCE = 6;

/** How long to warm up, in seconds of work: engines optimise in steps, and between two of them a rate is flat, too. */
export interface WarmUpLimits {
  readonly least: number;
  readonly most: number;
  /** The same as `most`, for a codec that has not settled yet; no longer than `most` where this is left out. */
  readonly mostSettling?: number;
}

/** The share of a process's time that its first workload takes to warm up, and the bounds of that. */
const WARM_UP_SHARE = 0.3;
const LEAST_WARM_UP_SECONDS = 0.2;
const MOST_WARM_UP_SECONDS = 1.5;
/**
 * A rate that still climbs goes on for so many times as long, and up to these seconds: large code that is compiled
 * while it runs takes over a second of work until it is as fast as it will be.
 */
const CLIMBING = 7;
/** The same of a codec that has not chosen its way yet, which is not what it will be. */
const CHOOSING = 15;
const MOST_CLIMBING_SECONDS = 3;
/** Who gives next to no time only asks whether it works: warming up takes so many times that, and so does calming down. */
const MOST_TIMES = 3;

/** How long the first workload of a process warms up, whose trials have so many seconds together. */
export function warmUpLimits(seconds: number): Required<WarmUpLimits> {
  const share = Math.max(LEAST_WARM_UP_SECONDS, WARM_UP_SHARE * seconds);
  const least = Math.min(MOST_WARM_UP_SECONDS, MOST_TIMES * seconds, share);
  const upTo = (times: number) => Math.min(MOST_CLIMBING_SECONDS, times * least);
  return { least, most: upTo(CLIMBING), mostSettling: upTo(CHOOSING) };
}

/** What is known of a workload that is ready to be measured. */
export interface WarmedUp {
  readonly samples: readonly Sample[];
  readonly steady: boolean;
  readonly checkSeconds: number;
  readonly warmUpSeconds: number;
}

/**
 * Checks a workload, and warms it up until its rate is flat and its codec has settled. Throws what is wrong
 * with it.
 */
export function warmUp(
  workload: Workload,
  { least, most, mostSettling = most }: WarmUpLimits,
  clocks = CLOCKS,
): WarmedUp {
  const sampler = new Sampler(SAMPLE_SECONDS, clocks.wall);
  const checkStart = clocks.wall();
  workload.check(sampler);
  const start = clocks.wall();
  const progress = new Progress(clocks);
  sampler.resume();
  for (const facts of workload.practice()) {
    sampler.count(facts);
    if (!progress.count(facts)) continue;
    const seconds = Math.max(progress.workedSeconds, progress.wallSeconds / PATIENCE);
    const isSettled = workload.isSettled();
    if (seconds >= (isSettled ? most : mostSettling)) break;
    if (seconds >= least && isSettled && progress.isFlat) break;
  }
  sampler.finish();
  return {
    samples: sampler.samples,
    steady: progress.isFlat && workload.isSettled(),
    checkSeconds: start - checkStart,
    warmUpSeconds: clocks.wall() - start,
  };
}

/** Work done by then, since the beginning. */
interface Mark {
  readonly facts: number;
  readonly seconds: number;
}

/**
 * What was done since the beginning, by the time that the process had for it: waiting for a processor that others use
 * optimises nothing, and what the engine's own threads take beside the work is no time of the work.
 */
class Progress {
  private readonly marks: Mark[] = [{ facts: 0, seconds: 0 }];
  private readonly startedAt;
  private facts = 0;
  wallSeconds = 0;
  workedSeconds = 0;

  constructor(private readonly clocks: typeof CLOCKS) {
    this.startedAt = { wall: clocks.wall(), processor: clocks.processor() };
  }

  /** Counts facts as done; returns whether so much time is over that it pays to look again. */
  count(facts: number): boolean {
    this.facts += facts;
    const wallSeconds = this.clocks.wall() - this.startedAt.wall;
    if (wallSeconds - this.wallSeconds < SAMPLE_SECONDS) return false;
    this.wallSeconds = wallSeconds;
    const processor = this.clocks.processor() - this.startedAt.processor;
    this.workedSeconds = Math.min(wallSeconds, processor);
    this.marks.push({ facts: this.facts, seconds: this.workedSeconds });
    return true;
  }

  /**
   * Whether the rate was flat over the later half of the work: the longer an engine takes for its steps, the longer
   * are also the pauses between them, in which a rate is flat, too.
   */
  get isFlat(): boolean {
    const { marks, workedSeconds } = this;
    const last = marks.length - 1;
    const half = marks.findIndex(({ seconds }) => seconds >= workedSeconds / 2);
    const first = Math.min(half, last - STEADY_TAIL);
    if (first < 0) return false;
    const parts = Math.min(last - first, MOST_PARTS);
    const rates: number[] = [];
    let from = marks[first];
    for (let part = 1; part <= parts; part++) {
      const to = marks[Math.round(first + ((last - first) * part) / parts)];
      if (from !== undefined && to !== undefined && to.seconds > from.seconds) {
        rates.push((to.facts - from.facts) / (to.seconds - from.seconds));
      }
      from = to;
    }
    return isSteady(rates, parts);
  }
}

/** The time in which the engine may optimise the rest. */
const CALM_SECONDS = 0.5;
/** Over so long it is looked whether the engine's own threads, which optimise and collect, have become quiet. */
const QUIET_SECONDS = 0.06;
/** What they may take beside the work itself, as a share of it. */
const QUIET_SHARE = 0.25;

/**
 * Goes on with a warm workload until the engine has optimised what it wanted to: until the process takes hardly more
 * processor time than the thread that works. Others may get ready meanwhile.
 *
 * @param seconds what the trials of this process have together
 */
export function calmDown(workload: Pick<Workload, "practice">, seconds: number): void {
  const mostSeconds = Math.min(CALM_SECONDS, MOST_TIMES * seconds);
  const start = secondsSinceStart();
  let since = start;
  let before = { process: processorSeconds(), thread: threadSeconds() };
  for (const _ of workload.practice()) {
    const now = secondsSinceStart();
    if (now - start >= mostSeconds) break;
    if (now - since < QUIET_SECONDS) continue;
    const after = { process: processorSeconds(), thread: threadSeconds() };
    const worked = after.thread - before.thread;
    if (after.process - before.process < worked * (1 + QUIET_SHARE)) break;
    since = now;
    before = after;
  }
}

/** What others did meanwhile has taken the processor's caches; a few facts bring them back. */
const COME_BACK_SECONDS = 0.005;

/** Goes on for a moment with a warm workload that was not at work for a while. */
export function comeBack(workload: Pick<Workload, "practice">): void {
  const start = secondsSinceStart();
  for (const _ of workload.practice()) {
    if (secondsSinceStart() - start >= COME_BACK_SECONDS) break;
  }
}
