import module from "node:module";
import { readSync, writeSync } from "node:fs";
import { fromLine, toLine } from "./wire.js";

/** How the line begins that holds an answer. */
export const ANSWER = "hellfact answers ";
/** The line by which a process says that it holds until it is told to go on. */
export const HELD = "hellfact holds";

/** Returns when whoever asked lets this process go on. */
export type Hold = () => void;

/**
 * Takes the one question that `ask` put to this process, answers it, and ends. Plain system calls:
 * the same in every runtime, and nothing is loaded that the measured work would not load.
 */
export async function answer(
  handle: (question: unknown, hold: Hold) => Promise<unknown>,
): Promise<void> {
  // Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
  process.on("SIGINT", () => undefined);
  const input = new Lines();
  const found = await handle(fromLine(input.next()), () => {
    say(HELD);
    input.next();
  });
  // A compile cache is written as a process ends, which this one will not live to see.
  (module as { flushCompileCache?: () => void }).flushCompileCache?.();
  say(`${ANSWER}${toLine(found)}`);
  process.exit();
}

/** A line on standard output, whatever a codec may have left there unfinished. */
function say(line: string): void {
  const bytes = Buffer.from(`\n${line}\n`);
  for (let done = 0; done < bytes.length;) done += retried(() => writeSync(1, bytes, done));
}

const LINE_END = 10;

/** The lines on standard input, one at a time; what has no end is one, too. */
class Lines {
  private rest = Buffer.alloc(0);

  next(): string {
    const parts = [this.rest];
    let last = this.rest;
    this.rest = Buffer.alloc(0);
    for (;;) {
      const end = last.indexOf(LINE_END);
      if (end >= 0) {
        parts[parts.length - 1] = last.subarray(0, end);
        this.rest = last.subarray(end + 1);
        break;
      }
      last = Buffer.alloc(1 << 16);
      const length = retried(() => readSync(0, last));
      if (length === 0) break;
      parts.push((last = last.subarray(0, length)));
    }
    return Buffer.concat(parts).toString();
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
