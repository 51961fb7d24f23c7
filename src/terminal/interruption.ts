/** Ctrl-C, a system that shuts down or a job that is cancelled, and a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * What aborts at the first of these signals, so that a command ends with what it has. A second one ends the process
 * at once.
 */
export function listenForInterruption(): AbortController {
  const interruption = new AbortController();
  const interrupt = () => {
    for (const name of SIGNALS) process.off(name, interrupt);
    interruption.abort();
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  return interruption;
}
