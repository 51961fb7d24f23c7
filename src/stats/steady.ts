import { median } from "simple-statistics";
import { changePoint } from "./change-point.js";

/** Samples that are looked at: the fewest with which Pettitt's test can be significant at 5 %. */
export const STEADY_TAIL = 12;
const SIGNIFICANCE = 0.05;
/** A change of level smaller than this is steady, however significant. */
const SMALLEST_SHIFT = 0.02;

/**
 * Whether a series of rates has become flat: its last twelve values show no significant change of
 * level, or only one of less than 2 %.
 */
export function isSteady(rates: readonly number[]): boolean {
  if (rates.length < STEADY_TAIL) return false;
  const tail = rates.slice(-STEADY_TAIL);
  const { at, pValue } = changePoint(tail);
  if (pValue >= SIGNIFICANCE) return true;
  const shift = median(tail.slice(at)) / median(tail.slice(0, at)) - 1;
  return Math.abs(shift) < SMALLEST_SHIFT;
}
