/**
 * gzip several times as fast as `node:zlib`: a DEFLATE encoder in WebAssembly with SIMD, its source in
 * `kernel/`. What it makes any gunzip reads; for the same input and level the bytes are the same on
 * every runtime that can run it.
 *
 *   import { gzip } from "hellfact/fast-gzip";
 *   writeFileSync("facts.ndjson.gz", gzip(bytes, "fast"));
 */
import { GzipEncoder } from "./encoder.js";
import { BatchGzip } from "./batch.js";
import { STEP_BYTES } from "./deflater.js";
import type { Level } from "./levels.js";

export type { Deflater, Flush } from "./deflater.js";
export { BatchGzip } from "./batch.js";
export { GzipEncoder } from "./encoder.js";
export { LEVELS, type Level } from "./levels.js";
export { whyFallback } from "./pool.js";
export { createGzip, gzipTransformStream } from "./streams.js";

/** `bytes` as one gzip member. */
export function gzip(bytes: Uint8Array, level: Level = "balanced"): Uint8Array {
  if (bytes.length > STEP_BYTES) {
    const encoder = new GzipEncoder(level);
    return Buffer.concat([encoder.add(bytes), encoder.end()]);
  }
  const batch = new BatchGzip(level);
  try {
    batch.input.set(bytes);
    return batch.compress(bytes.length).slice();
  } finally {
    batch.close();
  }
}
