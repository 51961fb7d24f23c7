/** Seconds since this process started; monotonic. */
export function secondsSinceStart(): number {
  return performance.now() / 1000;
}

/** Processor seconds that this process took, in all of its threads. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
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
