/** Seconds since this process started; monotonic. */
export function secondsSinceStart(): number {
  return performance.now() / 1000;
}
