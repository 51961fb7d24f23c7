import { writeSync } from "node:fs";
import type { Sink } from "../core/sink.js";
import { writingProblem } from "./file.js";

const RETRY_MILLISECONDS = 1;

/**
 * A file that somebody else opened, and will close. It waits for a slow reader.
 *
 * @param path what to call it where it cannot be written
 * @param onReaderLeft called when whoever reads the other end has gone
 */
export function descriptorSink(descriptor: number, path: string, onReaderLeft: () => never): Sink {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  return {
    write: (batch) => {
      for (let done = 0; done < batch.length;) {
        try {
          done += writeSync(descriptor, batch, done);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code === "EPIPE") onReaderLeft();
          if (code !== "EAGAIN") throw writingProblem(path, error);
          Atomics.wait(sleeper, 0, 0, RETRY_MILLISECONDS); // a pipe that does not block is full
        }
      }
    },
    close: () => undefined,
    discard: () => undefined,
  };
}
