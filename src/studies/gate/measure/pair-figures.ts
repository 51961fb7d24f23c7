/** What a recorded pair says. Pure. */
import type { GatePair } from "../document.js";
import type { DecidedPair } from "../decide/decide.js";
import { MOST_WAITING, MOST_WITHHELD } from "../decide/rules.js";

type Reading = GatePair["baseline"];
type Turn = Reading["turns"][number];

/**
 * A pair as it is decided by: the log of the candidate's processor time over the baseline's, over all
 * turns, collector included. Processor time and not time by the clock, so that waiting for a
 * neighbour does not count. `bench/gate-arms.ts` compares the two; it has too few pairs yet to settle it.
 */
export function decidedPair(pair: GatePair, cores: number): DecidedPair {
  return {
    cell: pair.cell,
    logRatio: logRatio(pair, ({ cpuSeconds }) => cpuSeconds),
    sentinelLogRatio: logRatio(pair, ({ sentinelSeconds }) => sentinelSeconds),
    dropped: whyDropped(pair, cores),
  };
}

function logRatio({ baseline, candidate }: GatePair, of: (turn: Turn) => number): number {
  return Math.log(total(candidate, of) / total(baseline, of));
}

function total({ turns }: Reading, of: (turn: Turn) => number): number {
  return turns.reduce((sum, turn) => sum + of(turn), 0);
}

/** Why a pair does not count: because of what the machine did, and never because of its ratio. */
function whyDropped(pair: GatePair, cores: number): string | null {
  for (const arm of [pair.baseline, pair.candidate]) {
    const waited = total(arm, ({ waitSeconds }) => waitSeconds);
    if (waited > MOST_WAITING * total(arm, ({ wallSeconds }) => wallSeconds)) {
      return "an arm was kept waiting";
    }
  }
  const withheld = (pair.withheldSeconds ?? 0) / (cores * pair.seconds);
  return withheld > MOST_WITHHELD ? "time was withheld from the machine" : null;
}
