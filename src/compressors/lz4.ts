import type { Compressor } from "../core/compressor.js";
import { UnavailableError, whyNotLoaded } from "../core/errors.js";
import { decompressAt, piecesOf, toPiece } from "../core/pieces.js";

/**
 * LZ4 (native, built beforehand): each batch is a block behind its uncompressed size, and that behind
 * its length and CRC-32, since a block says neither where it ends nor whether it is whole.
 */
const compressor: Compressor = {
  name: "lz4",
  fileSuffix: ".lz4-pieces",
  levels: null,
  engines: ["lz4-napi"],
  npmPackage: "lz4-napi",
  streams: false,
  open: async () => {
    const { compressSync, uncompressSync } = await load();
    return {
      compress: (batch) => toPiece(compressSync(asBuffer(batch))),
      *decompress(file) {
        for (const { compressed, offset } of piecesOf(file)) {
          yield decompressAt(offset, () => uncompressSync(compressed));
        }
      },
    };
  },
};

async function load() {
  try {
    return await import("lz4-napi");
  } catch (error) {
    throw new UnavailableError(`lz4 does not load: ${whyNotLoaded(error)}`);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export default compressor;
