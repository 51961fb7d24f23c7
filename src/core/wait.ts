/** Ways for a process to spend time, exact to some microseconds. */

const cell = new Int32Array(new SharedArrayBuffer(4));
/** The kernel may wake a sleeper this late; the rest is spent looking at the clock. */
const LATE_MILLISECONDS = 0.15;

/** Sleeps until a reading of `performance.now()`. Holds up everything else in this process. */
export function sleepUntil(moment: number): void {
  const left = moment - performance.now() - LATE_MILLISECONDS;
  if (left > 0) Atomics.wait(cell, 0, 0, left);
  spinUntil(moment);
}

/** Keeps the processor busy until a reading of `performance.now()`. */
export function spinUntil(moment: number): void {
  while (performance.now() < moment);
}
