import { writeSync } from "node:fs";
import type { Sink } from "../core/sink.js";

const STDOUT = 1;
const RETRY_MILLISECONDS = 1;

/** Standard output. It waits for a slow reader, and ends the process quietly if that goes away. */
export function stdoutSink(): Sink {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  return {
    write: (batch) => {
      for (let done = 0; done < batch.length;) {
        try {
          done += writeSync(STDOUT, batch, done);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code === "EPIPE") process.exit(0);
          if (code !== "EAGAIN") throw error;
          Atomics.wait(sleeper, 0, 0, RETRY_MILLISECONDS); // a pipe that does not block is full
        }
      }
    },
    close: () => undefined,
    discard: () => undefined,
  };
}
