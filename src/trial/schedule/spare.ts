/** What a comparison can do without, where a machine turns out to be too slow for intervals of everything. */
import type { TrialResult } from "../result.js";
import type { Scenario } from "../scenario.js";

/** Scenarios that may be left out together. */
export interface Spare {
  /** For people. */
  readonly name: string;
  readonly isOne: (scenario: Scenario) => boolean;
}

/** A scenario and its trial of the last round. */
interface LastTrial {
  readonly scenario: Scenario;
  readonly trial: Pick<TrialResult, "wallSeconds" | "warmUpSeconds" | "checkSeconds">;
}

/** What the last round took in seconds, and how many processes got ready at a time. */
interface LastRound {
  readonly seconds: number;
  readonly processes: number;
  readonly trials: readonly LastTrial[];
}

/**
 * What has to go, in its order, so that there is time for further rounds; nothing where all that is to spare would not be
 * enough.
 *
 * @param fits whether there is time for the further rounds, at so many seconds each
 * @param isEnough whether there is, if need be, once all is left out
 */
export function toLeaveOut(
  spare: readonly Spare[],
  { seconds, processes, trials }: LastRound,
  fits: (roundSeconds: number) => boolean,
  isEnough = fits,
): readonly Spare[] {
  // What was found right is not checked again.
  const checks = trials.reduce((sum, { trial }) => sum + trial.checkSeconds, 0);
  let round = seconds - checks / processes;
  let left = trials;
  const gone: Spare[] = [];
  for (const one of spare) {
    if (fits(round)) return gone;
    for (const { scenario, trial } of left) {
      if (one.isOne(scenario)) round -= trial.wallSeconds + trial.warmUpSeconds / processes;
    }
    left = left.filter(({ scenario }) => !one.isOne(scenario));
    gone.push(one);
  }
  return isEnough(round) ? gone : [];
}
