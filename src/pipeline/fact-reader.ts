import type { OpenCompressor } from "../core/compressor.js";
import type { Framing } from "../core/framing.js";

/** The bytes of each fact in a file's content, in order. They are views that do not outlive it. */
export function* factBytes(
  file: Uint8Array,
  compressor: OpenCompressor,
  framing: Framing,
): Iterable<Uint8Array> {
  for (const batch of compressor.decompress(file)) yield* framing.split(batch);
}
