import type { Sink } from "../core/sink.js";

/** Keeps a copy of everything it is given. */
export function memorySink(): Sink & { content(): Buffer } {
  const batches: Buffer[] = [];
  return {
    write: (batch) => void batches.push(Buffer.from(batch)),
    close: () => undefined,
    discard: () => undefined,
    content: () => Buffer.concat(batches),
  };
}
