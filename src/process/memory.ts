import { readFileSync } from "node:fs";

const LOOK_MILLISECONDS = 200;
const PAGE_BYTES = 4096;

/**
 * Calls back once when a process holds more memory than it may, buffers and native libraries included, which
 * V8's own limit does not count. Only Linux tells it; elsewhere nothing is seen.
 *
 * @returns ends the watching
 */
export function watchMemory(
  pid: number | undefined,
  maxMegabytes: number,
  onExceeded: () => void,
): () => void {
  if (process.platform !== "linux" || pid === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (residentBytes(pid) <= maxMegabytes * 1e6) return;
    clearInterval(timer);
    onExceeded();
  }, LOOK_MILLISECONDS).unref();
  return () => clearInterval(timer);
}

/** proc(5): the second number of statm is what is resident, in pages. 0 for a process that is gone. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
