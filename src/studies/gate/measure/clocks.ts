import { readFileSync } from "node:fs";

/** Processor time of this process, all threads, in seconds. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Time that this thread could have run and was not let, since it began; 0 where it is not told. */
export function mainThreadWaitSeconds(): number {
  try {
    const [, nanoseconds] = readFileSync("/proc/thread-self/schedstat", "utf8").split(" ");
    return Number(nanoseconds) / 1e9;
  } catch {
    return 0;
  }
}
