/** What the scheduler counts for this process, over all of its threads. */
import { readdirSync, readFileSync } from "node:fs";

/** Seconds that threads were ready to run and waited for a core; `null` where the kernel does not tell. */
export function runQueueSeconds(): number | null {
  try {
    let nanoseconds = 0;
    for (const thread of readdirSync("/proc/self/task")) {
      const text = readFileSync(`/proc/self/task/${thread}/schedstat`, "utf8");
      nanoseconds += Number(text.split(" ")[1] ?? 0);
    }
    return nanoseconds / 1e9;
  } catch {
    return null;
  }
}
