/** Ctrl-C, a system that shuts down or a job that is cancelled, and a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What hears of the end that somebody wants. */
interface Interruption {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
  /** Listens no more. */
  readonly stop: () => void;
}

/** Lets a command end with what it has at the first of these signals; a second one ends the process at once. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const stop = () => {
    for (const name of SIGNALS) process.off(name, interrupt);
  };
  const interrupt = () => {
    stop();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  return { signal: controller.signal, stop };
}
