import * as zlib from "node:zlib";
import { MAX_INFLATED_BYTES } from "../../core/pieces.js";
import { UnavailableError } from "../../core/errors.js";
import type { ZstdEngine } from "./engine.js";

/** Inflated size is not known beforehand; a batch mostly fits into this. */
const CHUNK_BYTES = 1 << 20;
/** Parameters of the encoder, as zstd.h numbers them. */
const COMPRESSION_LEVEL = 100;
const CHECKSUM_FLAG = 201;

/** What the type declarations do not know, which are those of an older runtime. */
interface RuntimeZstd {
  readonly zstdCompressSync: (bytes: Uint8Array, options: object) => Buffer;
  readonly zstdDecompressSync: (bytes: Uint8Array, options: object) => Buffer;
}

/** Whether this runtime has zstd of its own: Node has from 22.15 on. */
export const isHere = "zstdCompressSync" in zlib;

/** Throws an `UnavailableError` where the runtime has none. */
export function openEngine(): ZstdEngine {
  if (!isHere) {
    const { node } = process.versions;
    throw new UnavailableError(
      `zstd by node:zlib needs Node 22.15 or later; this is ${node}`,
      "run it with Node 22.15 or later",
    );
  }
  const { zstdCompressSync, zstdDecompressSync } = zlib as unknown as RuntimeZstd;
  return {
    compress: (batch, level) =>
      zstdCompressSync(batch, {
        chunkSize: Math.max(64, batch.length >> 1),
        params: { [COMPRESSION_LEVEL]: level, [CHECKSUM_FLAG]: 1 },
      }),
    decompress: ({ frame }) =>
      zstdDecompressSync(frame, { chunkSize: CHUNK_BYTES, maxOutputLength: MAX_INFLATED_BYTES }),
  };
}
