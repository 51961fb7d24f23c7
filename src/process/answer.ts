import module from "node:module";
import { readSync, writeSync } from "node:fs";
import { fromLine, toLine } from "./wire.js";

/** How the line begins that holds an answer. */
export const ANSWER = "hellfact answers ";

/**
 * Takes the one question that `ask` put to this process, answers it, and ends. Plain system calls:
 * the same in every runtime, and nothing is loaded that the measured work would not load.
 */
export async function answer(handle: (question: unknown) => Promise<unknown>): Promise<void> {
  // Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
  process.on("SIGINT", () => undefined);
  const found = await handle(fromLine(readAll()));
  // A codec may have left a line of its own unfinished.
  const line = Buffer.from(`\n${ANSWER}${toLine(found)}\n`);
  // A compile cache is written as a process ends, which this one will not live to see.
  (module as { flushCompileCache?: () => void }).flushCompileCache?.();
  for (let done = 0; done < line.length;) done += retried(() => writeSync(1, line, done));
  process.exit();
}

/** Everything on standard input. */
function readAll(): string {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(1 << 16);
    const length = retried(() => readSync(0, part));
    if (length === 0) return Buffer.concat(parts).toString();
    parts.push(part.subarray(0, length));
  }
}

/** Repeats a call while the other side is not ready: a runtime may have made the pipe non-blocking. */
function retried(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
