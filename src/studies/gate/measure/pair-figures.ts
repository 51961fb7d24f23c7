/** What a recorded pair says. Pure. */
import type { GatePair } from "../document.js";
import type { DecidedPair } from "../decide/decide.js";
import { MAX_WAITING, MAX_STOLEN } from "../decide/rules.js";

type Reading = GatePair["baseline"];
type Turn = Reading["turns"][number];

/**
 * A pair as it is decided by: the log of the candidate's processor time over the baseline's, over all
 * turns, collector included. Processor time and not time by the clock, so that waiting for a
 * neighbour does not count. `bench/gate-variants.ts` compares the two; it has too few pairs yet to settle it.
 */
export function decidedPair(pair: GatePair, cores: number): DecidedPair {
  return {
    cell: pair.cell,
    logRatio: logRatioOf(pair),
    sentinelLogRatio: logRatio(pair, ({ referenceSeconds }) => referenceSeconds),
    dropped: whyDropped(pair, cores),
  };
}

/** The log of the candidate's processor time over the baseline's, over all turns. */
export function logRatioOf(pair: GatePair): number {
  return logRatio(pair, ({ cpuSeconds }) => cpuSeconds);
}

function logRatio({ baseline, candidate }: GatePair, of: (turn: Turn) => number): number {
  return Math.log(total(candidate, of) / total(baseline, of));
}

function total({ turns }: Reading, of: (turn: Turn) => number): number {
  return turns.reduce((sum, turn) => sum + of(turn), 0);
}

/** Why a pair does not count: because of what the machine did, and never because of its ratio. */
function whyDropped(pair: GatePair, cores: number): string | null {
  for (const variant of [pair.baseline, pair.candidate]) {
    const waited = total(variant, ({ waitSeconds }) => waitSeconds);
    if (waited > MAX_WAITING * total(variant, ({ wallSeconds }) => wallSeconds)) {
      return "a variant was kept waiting";
    }
  }
  const stolen = (pair.stolenSeconds ?? 0) / (cores * pair.seconds);
  return stolen > MAX_STOLEN ? "time was stolen from the machine" : null;
}
