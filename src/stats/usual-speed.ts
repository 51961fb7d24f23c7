import { median } from "simple-statistics";

const NEIGHBOURS = 2;

/**
 * Costs as they would have been had the machine kept its usual speed: each divided by what a fixed
 * piece of work took next to it, the median of a few readings, over what that takes usually.
 *
 * @param readings of the reference workload, one for each cost, positive
 */
export function atUsualSpeed(costs: readonly number[], readings: readonly number[]): number[] {
  const usual = median([...readings]);
  return costs.map((cost, index) => {
    const near = readings.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
    return (cost * usual) / median(near);
  });
}
