import { median } from "simple-statistics";
import { warmupName, type BreakEven, type WarmupScenario } from "../document.js";
import { crossover } from "../../../stats/cost-curve.js";
import { curveOf, processCurve } from "./warmup-figures.js";

/** A crossover is told if this share of the rounds has it. */
const MIN_SHARE = 0.8;

/**
 * Who overtakes whom, and after how many facts: for every two scenarios of which one begins more expensive
 * and costs less from some fact on, start-up included, in nearly every round.
 */
export function breakEvensOf(scenarios: readonly WarmupScenario[]): BreakEven[] {
  return scenarios.flatMap((winner) =>
    scenarios.flatMap((loser) => {
      if (winner.figures === null || loser.figures === null || winner === loser) return [];
      const facts = crossover(curveOf(winner.figures), curveOf(loser.figures));
      if (facts === undefined) return [];
      const pairs = winner.watched.flatMap((one) => {
        const other = loser.watched.find(({ round }) => round === one.round);
        return other === undefined ? [] : [crossover(processCurve(one), processCurve(other))];
      });
      const found = pairs.filter((pair) => pair !== undefined);
      if (found.length === 0 || found.length < MIN_SHARE * pairs.length) return [];
      return [
        {
          winner: warmupName(winner),
          loser: warmupName(loser),
          facts: Math.round(median([facts, median(found)])),
          low: Math.round(Math.min(...found)),
          high: Math.round(Math.max(...found)),
        },
      ];
    }),
  );
}
