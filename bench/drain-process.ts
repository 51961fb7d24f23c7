/** Reads a named pipe at a fixed rate, over and over, until it is killed. Words: the pipe, bytes a second. */
import { closeSync, openSync, readSync } from "node:fs";
import { sleepUntil } from "../src/core/wait.js";

const [path = "", rate = "1"] = process.argv.slice(2);
const buffer = Buffer.alloc(1 << 14);
for (;;) {
  const descriptor = openSync(path, "r");
  let due = performance.now();
  for (let read = -1; read !== 0;) {
    read = readSync(descriptor, buffer);
    // Whoever has nothing to drain does not save up for later.
    due = Math.max(due, performance.now() - 5) + (read / Number(rate)) * 1000;
    sleepUntil(due);
  }
  closeSync(descriptor);
}
