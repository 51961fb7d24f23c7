/** A process that burns one core half of the time, until it is killed. */
import { fork, type ChildProcess } from "node:child_process";

export function competitor(): ChildProcess {
  return fork(import.meta.filename, ["burn"]);
}

if (process.argv[2] === "burn" && process.argv[1] === import.meta.filename) {
  process.once("disconnect", () => process.exit());
  setInterval(() => {
    const end = performance.now() + 50;
    while (performance.now() < end);
  }, 100);
}
