import { createHash } from "node:crypto";
import type { OpenCodec } from "../core/codec.js";
import { batchesIn } from "../pipeline/fact-reader.js";
import type { Parts } from "../pipeline/parts.js";

/** Stands for the bytes of a data file and of its sidecar. */
export function digestOf(bytes: Uint8Array, sidecar: Uint8Array | undefined): string {
  return createHash("sha256")
    .update(bytes)
    .update(sidecar ?? "")
    .digest("hex");
}

/**
 * Stands for the records in a data file, whatever compresses them, and for what is needed beside them to
 * decode them. Throws a `DataError` where the file is not whole.
 */
export function contentDigest(bytes: Uint8Array, parts: Parts, codec: OpenCodec): string {
  const hash = createHash("sha256");
  for (const { records } of batchesIn(bytes, parts, codec)) {
    for (const record of records) hash.update(`${record.length}:`).update(record);
  }
  return hash.update(codec.sidecar?.() ?? "").digest("hex");
}
