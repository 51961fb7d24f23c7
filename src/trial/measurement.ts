import { quantile, median } from "simple-statistics";
import { HellfactError } from "../core/errors.js";
import { secondsSinceStart } from "./clock.js";
import { CounterInterval } from "../machine/counters.js";
import { Sampler, sustainedRate, type Sample } from "./sampler.js";
import type { TrialMeasure } from "./trial.js";
import type { WarmedUp } from "./warm-up.js";
import type { Workload } from "./workload.js";

const SAMPLE_SECONDS = 0.02;
/** No memory of a single machine carries more; a higher rate means that the work was not done. */
const MAX_BYTES_PER_SECOND = 50e9;

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
  const start = secondsSinceStart();
  const { samples, counters, repetitions } = await measureRepetitions(workload, (done) => {
    const seconds = secondsSinceStart() - start;
    // One more takes as long as those before did: it is made where more than half of it still fits.
    return seconds >= least && start + seconds * (1 + 0.5 / done) >= deadline;
  });

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

/**
 * The measurement phase itself: repetitions, cut into samples, between two readings of the counters.
 *
 * @param isEnough whether so many repetitions are; there is at least one
 */
export async function measureRepetitions(
  workload: Pick<Workload, "repetition">,
  isEnough: (repetitions: number) => boolean,
) {
  const counters = new CounterInterval();
  const sampler = new Sampler(SAMPLE_SECONDS);
  let repetitions = 0;
  counters.start();
  do {
    runRepetition(workload, sampler);
    repetitions += 1;
  } while (!isEnough(repetitions));
  sampler.finish();
  counters.end();
  return { samples: sampler.samples, counters: await counters.differences(), repetitions };
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
