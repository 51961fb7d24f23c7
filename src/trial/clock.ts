import { readFileSync } from "node:fs";

/** Seconds since this process started; monotonic. */
export function secondsSinceStart(): number {
  return performance.now() / 1000;
}

/** Processor seconds that this process took, in all of its threads. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Processor seconds that this thread took; where the system does not tell, the seconds since the process started. */
export function threadSeconds(): number {
  return threadTimes()?.[0] ?? secondsSinceStart();
}

/** Seconds that this thread could have run and was not let, since it began; 0 where the system does not tell. */
export function threadWaitSeconds(): number {
  return threadTimes()?.[1] ?? 0;
}

/** Seconds that this thread ran, and waited to run (proc(5), schedstat). */
function threadTimes(): number[] | undefined {
  try {
    const times = readFileSync("/proc/thread-self/schedstat", "utf8").split(" ");
    return times.map((nanoseconds) => Number(nanoseconds) / 1e9);
  } catch {
    return undefined;
  }
}

/** Both, for what a test has clocks of its own. */
export const CLOCKS = { wall: secondsSinceStart, processor: processorSeconds };

/** A coarse clock has shown its ticks by then. */
const MOST_LOOKING_MILLISECONDS = 20;

/** The shortest time that the clock tells apart from none, in seconds. */
export function clockTickSeconds(): number {
  let tick = Infinity;
  const began = performance.now();
  for (let look = 0; look < 1000; look++) {
    const start = performance.now();
    if (start - began > MOST_LOOKING_MILLISECONDS && look > 0) break;
    let now = start;
    while (now === start) now = performance.now();
    tick = Math.min(tick, now - start);
  }
  return tick / 1000;
}

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
