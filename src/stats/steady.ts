import { median } from "simple-statistics";
import { changePoint } from "./change-point.js";

/** Samples that are looked at: the fewest with which Pettitt's test can be significant at 5 %. */
export const STEADY_TAIL = 12;
const SIGNIFICANCE = 0.05;
/** A change of level smaller than this is steady, however significant. */
const SMALLEST_SHIFT = 0.02;

/**
 * Whether a series of rates has become flat: its last values show no significant change of level, or only
 * one of less than 2 %.
 *
 * @param length how many values are looked at, at least twelve; more find a change sooner that is not in their middle
 */
export function isSteady(rates: readonly number[], length = STEADY_TAIL): boolean {
  if (rates.length < length) return false;
  const tail = rates.slice(-length);
  const { at, pValue } = changePoint(tail);
  if (pValue >= SIGNIFICANCE) return true;
  const shift = median(tail.slice(at)) / median(tail.slice(0, at)) - 1;
  return Math.abs(shift) < SMALLEST_SHIFT;
}
