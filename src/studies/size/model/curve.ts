import type { Size } from "./model.js";

/** The chart goes from the load itself to this many times as much. */
export const MAX_LOAD = 1000;
/** Steps that are nearer to each other than this are drawn as one. */
const MIN_STEP = 1.02;

/**
 * How many whole machines a growing load takes: corners of a staircase from 1 × to 1000 × the load.
 * The step to machine k + 1 is where the load is k / share of what it is now.
 */
export function loadCurve(
  { share, whole }: Pick<Size, "share" | "whole">,
  spare: number,
): (readonly [times: number, machines: number])[] {
  const corners: (readonly [number, number])[] = [[1, whole]];
  let machines = whole - spare;
  for (let times = machines / share; times < MAX_LOAD; times = machines / share) {
    const next = Math.max(machines + 1, Math.ceil(machines * MIN_STEP));
    corners.push([times, machines + spare], [times, next + spare]);
    machines = next;
  }
  corners.push([MAX_LOAD, machines + spare]);
  return corners;
}
