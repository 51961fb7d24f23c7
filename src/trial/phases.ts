/** How long what is measured has to go on, so that the clock it is timed by tells it from nothing. */

/** One tick of a clock is at most this share of a phase that is timed by it. */
export const MOST_TICK_SHARE = 0.02;

/**
 * Seconds of a phase that a clock with such ticks times.
 *
 * @param leastSeconds what it takes for other reasons
 */
export function phaseSeconds(leastSeconds: number, tickSeconds: number): number {
  return Math.max(leastSeconds, tickSeconds / MOST_TICK_SHARE);
}
