import * as zlib from "node:zlib";
import type { Compressor } from "../core/compressor.js";
import { UnavailableError } from "../core/errors.js";
import { decompressAt, MAX_INFLATED_BYTES } from "../core/pieces.js";
import { framesOf } from "./zstd/frames.js";

const DEFAULT_LEVEL = 3;
/** Inflated size is not known beforehand; a batch mostly fits into this. */
const CHUNK_BYTES = 1 << 20;
/** Parameters of the encoder, as zstd.h numbers them. */
const COMPRESSION_LEVEL = 100;
const CHECKSUM_FLAG = 201;

/** What `node:zlib` has from Node 22.15 on; the type declarations are those of an older one. */
interface Zstd {
  readonly zstdCompressSync: (bytes: Uint8Array, options: object) => Buffer;
  readonly zstdDecompressSync: (bytes: Uint8Array, options: object) => Buffer;
}

/** Zstandard (RFC 8878): each batch is a frame of its own with a checksum, and frames concatenate. */
const compressor: Compressor = {
  name: "zstd",
  fileSuffix: ".zst",
  levels: { lowest: 1, highest: 22, default: DEFAULT_LEVEL },
  engines: ["node:zlib"],
  npmPackage: null,
  streams: false,
  open: async ({ level = DEFAULT_LEVEL }) => {
    const { zstdCompressSync, zstdDecompressSync } = runtimeZstd();
    return {
      compress: (batch) =>
        zstdCompressSync(batch, {
          chunkSize: Math.max(64, batch.length >> 1),
          params: { [COMPRESSION_LEVEL]: level, [CHECKSUM_FLAG]: 1 },
        }),
      *decompress(file) {
        for (const { frame, offset } of framesOf(file)) {
          yield decompressAt(offset, () =>
            zstdDecompressSync(frame, {
              chunkSize: CHUNK_BYTES,
              maxOutputLength: MAX_INFLATED_BYTES,
            }),
          );
        }
      },
    };
  },
};

function runtimeZstd(): Zstd {
  if (!("zstdCompressSync" in zlib)) {
    throw new UnavailableError(
      `zstd needs Node 22.15 or later; this is ${process.versions.node}`,
      "run it with Node 22.15 or later for zstd",
    );
  }
  return zlib as unknown as Zstd;
}

export default compressor;
