import { writeSync } from "node:fs";
import { readerHasLeft } from "../core/reader-left.js";

/** What Node exits with when nothing is left to wait for, and something still waits. */
const UNSETTLED = 13;
const MESSAGE =
  "hellfact: it ended before it had a result: something that it loaded ended the process, or never came back.\n";

/**
 * Sees to it that this process does not exit with 0 before its command is done, whatever calls
 * `process.exit`. A reader that has seen enough is no failure.
 *
 * @returns to be called when the command is done
 */
export function guardExit(): () => void {
  let isDone = false;
  process.on("exit", (code) => {
    if (isDone || readerHasLeft() || (code !== 0 && code !== UNSETTLED)) return;
    process.exitCode = 1;
    try {
      writeSync(2, MESSAGE);
    } catch {
      // Nobody listens; the exit code says it.
    }
  });
  return () => {
    isDone = true;
  };
}
