import { quantile } from "simple-statistics";
import { seededUniform } from "../../../stats/random.js";
import { location } from "../../../stats/signed-rank.js";
import { FAIL_LEVEL, MARGIN } from "./rules.js";

const RESAMPLES = 40;
const POWER = 0.9;

/**
 * The smallest slowdown, as a share, that a test at the gate's level would have seen 9 times in 10
 * with so many pairs of such noise. The pairs' distances from their middle are drawn anew (Efron,
 * "Bootstrap methods", Annals of Statistics 7, 1979); how far each draw has to move up until its
 * lower bound passes the margin is the minimum detectable effect. Infinity if nothing could have.
 */
export function detectableChange(logs: readonly number[], seed: number): number {
  const { middle } = location(logs);
  const uniform = seededUniform(seed);
  const neededShifts = Array.from({ length: RESAMPLES }, () => {
    const drawn = logs.map(() => (logs[Math.floor(uniform() * logs.length)] ?? 0) - middle);
    return Math.log1p(MARGIN) - location(drawn, 1 - 2 * FAIL_LEVEL).low;
  });
  return Math.expm1(quantile(neededShifts, POWER));
}
