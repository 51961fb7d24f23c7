import { quantile, median } from "simple-statistics";
import { HellfactError } from "../core/errors.js";
import { isSteady, STEADY_TAIL } from "../stats/steady.js";
import { secondsSinceStart } from "./clock.js";
import { CounterInterval } from "../machine/counters.js";
import { Sampler, sustainedRate, type Sample } from "./sampler.js";
import type { TrialMeasure } from "./trial.js";
import type { Workload } from "./workload.js";

/** Long enough for the clock, short enough that twelve of them show whether a rate is flat. */
const WARM_UP_SAMPLE_SECONDS = 0.008;
const SAMPLE_SECONDS = 0.02;
/** No memory of a single machine carries more; a higher rate means that the work was not done. */
const MAX_BYTES_PER_SECOND = 50e9;

/** How long to warm up, in seconds: engines optimise in steps, and between two of them a rate is flat, too. */
export interface WarmUpLimits {
  readonly least: number;
  readonly most: number;
}

/** What is known of a workload that is ready to be measured. */
export interface WarmedUp {
  readonly samples: readonly Sample[];
  readonly steady: boolean;
  readonly checkSeconds: number;
  readonly warmUpSeconds: number;
}

/** Checks a workload, and warms it up until its rate is flat. Throws what is wrong with it. */
export function warmUp(workload: Workload, { least, most }: WarmUpLimits): WarmedUp {
  const sampler = new Sampler(WARM_UP_SAMPLE_SECONDS);
  const checkStart = secondsSinceStart();
  workload.check(sampler);
  const start = secondsSinceStart();
  sampler.resume();
  for (const facts of workload.practice()) {
    sampler.count(facts);
    const seconds = secondsSinceStart() - start;
    if (seconds >= most || (seconds >= least && isSteady(rates(sampler.samples)))) break;
  }
  sampler.pause();
  const steady = isSteady(rates(sampler.samples));
  sampler.finish();
  return {
    samples: sampler.samples,
    steady,
    checkSeconds: start - checkStart,
    warmUpSeconds: secondsSinceStart() - start,
  };
}

/** Over so long it is looked whether the engine's own threads, which optimise and collect, have become quiet. */
const QUIET_SECONDS = 0.06;
/** What they may take beside the work itself, as a share of it. */
const QUIET_SHARE = 0.25;

/**
 * Goes on with a warm workload, while nothing else runs, until the engine has optimised what it wanted to: until
 * the whole process takes hardly more processor time than its main thread can.
 */
export function calmDown(workload: Pick<Workload, "practice">, mostSeconds: number): void {
  const start = secondsSinceStart();
  let since = start;
  let before = process.cpuUsage();
  for (const _ of workload.practice()) {
    const now = secondsSinceStart();
    if (now - start >= mostSeconds) break;
    if (now - since < QUIET_SECONDS) continue;
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1e6 < (now - since) * (1 + QUIET_SHARE)) break;
    since = secondsSinceStart();
    before = process.cpuUsage();
  }
}

/**
 * Measures a workload over whole repetitions: at least one, and as many as fit into the time.
 *
 * @param setupSeconds what making the workload took
 * @param deadline in seconds since this process started; it goes on for `least` seconds whatever that is
 */
export async function measureWorkload(
  workload: Workload,
  { samples: before, steady, checkSeconds, warmUpSeconds }: WarmedUp,
  setupSeconds: number,
  { deadline, least }: { readonly deadline: number; readonly least: number },
): Promise<TrialMeasure> {
  const recent = sustainedRate(before.slice(-STEADY_TAIL));
  const secondsLeft = deadline - secondsSinceStart();
  const repetitionsIn = (seconds: number) => (seconds * recent) / workload.factsPerRepetition;
  const fitting = Math.max(1, Math.round(repetitionsIn(secondsLeft)));
  const repetitions = Math.max(fitting, Math.ceil(repetitionsIn(least)));
  const { samples, counters } = await measureRepetitions(workload, repetitions);

  const factsPerSecond = sustainedRate(samples);
  const sizes = workload.sizes();
  if (factsPerSecond * sizes.encodedBytesPerFact > MAX_BYTES_PER_SECOND) {
    throw new HellfactError(`${factsPerSecond.toPrecision(3)} facts/s is faster than memory is`);
  }
  return {
    factsPerSecond,
    medianSampleFactsPerSecond: median(rates(samples)),
    slowSampleFactsPerSecond: quantile(rates(samples), 0.01),
    coldFactsPerSecond: coldRate(before),
    steady,
    facts: repetitions * workload.factsPerRepetition,
    wallSeconds: samples.reduce((sum, { seconds }) => sum + seconds, 0),
    setupSeconds,
    checkSeconds,
    warmUpSeconds,
    ...sizes,
    counters,
    samples,
  };
}

/** The measurement phase itself: repetitions, cut into samples, between two readings of the counters. */
export async function measureRepetitions(
  workload: Pick<Workload, "repetition">,
  repetitions: number,
) {
  const counters = new CounterInterval();
  const sampler = new Sampler(SAMPLE_SECONDS);
  counters.start();
  for (let repetition = 0; repetition < repetitions; repetition++) runRepetition(workload, sampler);
  sampler.finish();
  counters.end();
  return { samples: sampler.samples, counters: await counters.differences() };
}

function runRepetition(workload: Pick<Workload, "repetition">, sampler: Sampler): void {
  sampler.resume();
  for (const facts of workload.repetition()) sampler.count(facts);
  sampler.pause();
}

function rates(samples: readonly Sample[]): number[] {
  return samples.map(({ facts, seconds }) => facts / seconds);
}

/** The rate over the first second of work, or over all work before the window if that was less. */
function coldRate(samples: readonly Sample[]): number {
  const first: Sample[] = [];
  let seconds = 0;
  for (const sample of samples) {
    first.push(sample);
    seconds += sample.seconds;
    if (seconds >= 1) break;
  }
  return sustainedRate(first);
}
