/** From pairs to an answer. Pure: the same pairs and the same seed give the same decision. */
import { holm } from "../../../stats/holm.js";
import { chanceAbove, chanceBelow, location } from "../../../stats/signed-rank.js";
import { detectableChange } from "./detectable.js";
import { plainStanding } from "./plain.js";
import {
  CONFIRM_LEVEL,
  CONFIRMING,
  FAIL_LEVEL,
  INTERIM_ANALYSES,
  MARGIN,
  MAX_DROPPED,
  PASS_LEVEL,
  PLAIN_LEVEL,
  REFERENCE_LEVEL,
  REFERENCE_MARGIN,
  spending,
  TOLERANCE,
} from "./rules.js";

export type Answer = "pass" | "fail" | "inconclusive";

/** What a pair says. Logs are of the candidate's time over the baseline's: above 0 is slower. */
export interface DecidedPair {
  readonly cell: number;
  readonly logRatio: number;
  readonly sentinelLogRatio: number;
  /** Why the pair does not count, if it does not; never because of its ratio. */
  readonly dropped: string | null;
}

export interface CellDecision {
  readonly answer: Answer;
  /** Why it is not a plain pass or fail. */
  readonly reason: string | null;
  /** Shares of the baseline's time: 0.05 is 5 % slower; the interval is of 95 %. */
  readonly change: number;
  readonly low: number;
  readonly high: number;
  /** The smallest slowdown that so many pairs of such noise would have failed 9 times in 10. */
  readonly detectable: number;
  readonly pairs: number;
  /** Those of them that were made to confirm a FAIL. */
  readonly confirming: number;
  readonly dropped: number;
  /** How many kept pairs it needs to go on; 0 once it is decided. */
  readonly wants: number;
}

export interface Decision {
  readonly answer: Answer;
  /** Whether more pairs are wanted; the answer is then what it would be without them. */
  readonly isOpen: boolean;
  readonly cells: readonly CellDecision[];
}

interface Standing {
  readonly answer: Answer;
  readonly reason: string | null;
  readonly used: number;
  readonly confirming: number;
  readonly wants: number;
}

const FAIL_LEVELS = spending(FAIL_LEVEL - PLAIN_LEVEL, INTERIM_ANALYSES);
const PASS_LEVELS = spending(PASS_LEVEL, INTERIM_ANALYSES);
const CONFIRM_LEVELS = spending(CONFIRM_LEVEL, CONFIRMING);

/**
 * Decides about all cells from the pairs that were made, in the order in which they were made.
 *
 * @param cells how many cells there are
 * @param seed of the resampling behind `detectable`
 */
export function decide(cells: number, pairs: readonly DecidedPair[], seed: number): Decision {
  const made = Array.from({ length: cells }, (_, cell) => pairs.filter((one) => one.cell === cell));
  const kept = made.map((own) => own.filter(({ dropped }) => dropped === null));
  const standings = stand(kept.map((own) => own.map(({ logRatio }) => logRatio)));
  const decided = standings.map((standing, cell): CellDecision => {
    const own = made[cell] ?? [];
    const used = (kept[cell] ?? []).slice(0, standing.used);
    const last = used.at(-1);
    const seen = last === undefined || standing.wants > 0 ? own : own.slice(0, own.indexOf(last));
    const dropped = seen.filter((pair) => pair.dropped !== null).length;
    const logs = used.map(({ logRatio }) => logRatio);
    return {
      ...figures(logs, seed),
      ...overruled(standing, used, dropped),
      pairs: used.length,
      confirming: standing.confirming,
      dropped,
    };
  });
  return {
    answer: worst(decided.map(({ answer }) => answer)),
    isOpen: decided.some(({ wants }) => wants > 0),
    cells: decided,
  };
}

function worst(answers: readonly Answer[]): Answer {
  if (answers.includes("fail")) return "fail";
  return answers.includes("inconclusive") ? "inconclusive" : "pass";
}

/** Change, interval and detectable change, as shares. */
function figures(logs: readonly number[], seed: number) {
  if (logs.length === 0) return { change: 0, low: -1, high: Infinity, detectable: Infinity };
  const { middle, low, high } = location(logs);
  return {
    change: Math.expm1(middle),
    low: Math.expm1(low),
    high: Math.expm1(high),
    detectable: detectableChange(logs, seed),
  };
}

/** What the machine has to say about an answer: a moved reference workload or many dropped pairs undo it. */
function overruled(
  { answer, reason, wants }: Standing,
  used: readonly DecidedPair[],
  dropped: number,
): Pick<CellDecision, "answer" | "reason" | "wants"> {
  if (
    dropped >
    Math.max(INTERIM_ANALYSES[0] ?? 0, used.length) * (MAX_DROPPED / (1 - MAX_DROPPED))
  ) {
    const busy = `the machine was busy in ${dropped} of ${dropped + used.length} pairs`;
    return { answer: "inconclusive", reason: busy, wants: 0 };
  }
  if (answer !== "inconclusive" && wants === 0 && sentinelMoved(used)) {
    const moved = "code that neither variant can touch changed its speed too";
    return { answer: "inconclusive", reason: moved, wants: 0 };
  }
  return { answer, reason, wants };
}

function sentinelMoved(used: readonly DecidedPair[]): boolean {
  const logs = used.map(({ sentinelLogRatio }) => sentinelLogRatio);
  const bound = Math.log1p(REFERENCE_MARGIN);
  return (
    chanceAbove(logs, bound) < REFERENCE_LEVEL / 2 ||
    chanceBelow(logs, -bound) < REFERENCE_LEVEL / 2
  );
}

/** Passes through the interim analyses as they were declared, as far as there are pairs for them. */
function stand(logs: readonly (readonly number[])[]): Standing[] {
  const plain = logs.map((values) => plainStanding(values, logs.length));
  if (plain.some(({ answer }) => answer === "open")) {
    // The others go no further meanwhile: what is rejected among them hangs together.
    return plain.map((standing, cell) => {
      if (standing.answer === "fail") return plainlySlower(standing);
      const wants = standing.answer === "open" ? standing.wants : (INTERIM_ANALYSES[0] ?? 0);
      const confirming = standing.answer === "open" ? standing.confirming : 0;
      return { ...waiting(logs[cell]?.length ?? 0, wants), confirming };
    });
  }
  const found = plain.map((standing) =>
    standing.answer === "fail" ? plainlySlower(standing) : undefined,
  );
  let rejected = 0;
  for (const [analysis, pairs] of INTERIM_ANALYSES.entries()) {
    const open = [...logs.keys()].filter((cell) => found[cell] === undefined);
    if (open.some((cell) => (logs[cell]?.length ?? 0) < pairs)) {
      // All open cells are looked at together, because their levels hang together.
      for (const cell of open) found[cell] = waiting(logs[cell]?.length ?? 0, pairs);
      break;
    }
    const seen = open.map((cell) => (logs[cell] ?? []).slice(0, pairs));
    const family = logs.length - rejected;
    const slower = holm(
      seen.map((values) => chanceAbove(values, Math.log1p(MARGIN))),
      FAIL_LEVELS[analysis] ?? 0,
      family,
    );
    for (const [index, cell] of open.entries()) {
      const values = seen[index] ?? [];
      if (slower[index] === true) {
        rejected += 1;
        found[cell] = confirmed(logs[cell] ?? [], pairs);
      } else if (chanceBelow(values, Math.log1p(TOLERANCE)) <= (PASS_LEVELS[analysis] ?? 0)) {
        found[cell] = { answer: "pass", reason: null, used: pairs, confirming: 0, wants: 0 };
      }
    }
  }
  const last = INTERIM_ANALYSES.at(-1) ?? 0;
  return found.map(
    (standing) =>
      standing ?? { ...waiting(last, 0), reason: "neither a slowdown nor its absence showed" },
  );
}

function plainlySlower({ used, confirming }: { used: number; confirming: number }): Standing {
  return { answer: "fail", reason: null, used, confirming, wants: 0 };
}

/** A cell that looks slower is judged anew on fresh pairs alone. */
function confirmed(logs: readonly number[], before: number): Standing {
  for (const [analysis, fresh] of CONFIRMING.entries()) {
    if (logs.length < before + fresh) {
      const made = logs.length - before;
      return { ...waiting(logs.length, before + fresh), confirming: made };
    }
    const chance = chanceAbove(logs.slice(before, before + fresh), Math.log1p(MARGIN));
    if (chance <= (CONFIRM_LEVELS[analysis] ?? 0)) {
      return {
        answer: "fail",
        reason: null,
        used: before + fresh,
        confirming: fresh,
        wants: 0,
      };
    }
  }
  const fresh = CONFIRMING.at(-1) ?? 0;
  return {
    answer: "inconclusive",
    reason: "it looked slower, and fresh pairs did not confirm that",
    used: before + fresh,
    confirming: fresh,
    wants: 0,
  };
}

function waiting(used: number, wants: number): Standing {
  const reason = "the time was up";
  return { answer: "inconclusive", reason, used, confirming: 0, wants };
}
