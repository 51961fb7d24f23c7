import { medianInterval } from "../../../stats/median-interval.js";
import { crossover } from "../../../stats/cost-curve.js";
import {
  warmupName,
  type BreakEven,
  type UndecidedBreakEven,
  type WarmupScenario,
} from "../document.js";
import { atUsualSpeed } from "./usual-speed.js";
import { processCurve } from "./warmup-figures.js";

/** A crossover is told if this share of the rounds has it; what the rest of them have does not count. */
const MIN_SHARE = 0.8;

export interface BreakEvens {
  readonly breakEvens: BreakEven[];
  readonly undecided: UndecidedBreakEven[];
}

/**
 * Who overtakes whom, and after how many facts: for every two scenarios of which one begins more expensive
 * and costs less from some fact on, start-up included, in nearly every round. Where some rounds have it, and in
 * others the same one never costs less, nothing is decided.
 */
export function breakEvensOf(scenarios: readonly WarmupScenario[]): BreakEvens {
  const found: BreakEvens = { breakEvens: [], undecided: [] };
  const curves = atUsualSpeed(scenarios).map(
    (watched) => new Map(watched.map((one) => [one.round, processCurve(one)])),
  );
  for (const [at, winner] of scenarios.entries()) {
    for (const [other, loser] of scenarios.entries()) {
      if (at === other || winner.figures === null || loser.figures === null) continue;
      const pairs = [...(curves[at] ?? [])].flatMap(([round, curve]) => {
        const against = curves[other]?.get(round);
        if (against === undefined) return [];
        const endsCheaper = curve.steadySecondsPerFact < against.steadySecondsPerFact;
        return [{ at: crossover(curve, against), endsCheaper }];
      });
      const crossings = pairs.flatMap(({ at: facts }) => (facts === undefined ? [] : [facts]));
      const isFew = (rounds: number) => rounds <= (1 - MIN_SHARE) * pairs.length;
      const never = pairs.filter(({ endsCheaper }) => !endsCheaper).length;
      const names = { winner: warmupName(winner), loser: warmupName(loser) };
      if (crossings.length > 0 && crossings.length >= MIN_SHARE * pairs.length) {
        found.breakEvens.push({ ...names, ...whenOf(crossings) });
      } else if (!isFew(crossings.length) && !isFew(never)) {
        found.undecided.push({ ...names, rounds: pairs.length, crossings: crossings.length });
      }
    }
  }
  return found;
}

/** The median over rounds and its interval; the least and the most where there are too few for one. */
function whenOf(crossings: readonly number[]): Pick<BreakEven, "facts" | "low" | "high"> {
  const { median, low, high } = medianInterval(crossings);
  const isKnown = Number.isFinite(high);
  return {
    facts: Math.round(median),
    low: Math.round(isKnown ? low : Math.min(...crossings)),
    high: Math.round(isKnown ? high : Math.max(...crossings)),
  };
}
