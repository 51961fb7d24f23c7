import type { Sink } from "../core/sink.js";

/** Accepts everything and keeps nothing: what is left is the cost of making the bytes. */
export function nullSink(): Sink {
  return { write: () => undefined, close: () => undefined, discard: () => undefined };
}
