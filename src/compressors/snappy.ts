import type { Compressor } from "../core/compressor.js";
import { UnavailableError, whyNotLoaded } from "../core/errors.js";
import { decompressAt, piecesOf, toPiece } from "../core/pieces.js";

/**
 * Snappy (native): each batch is a raw snappy block, behind its length and CRC-32, since a block says
 * neither where it ends nor whether it is whole.
 */
const compressor: Compressor = {
  name: "snappy",
  fileSuffix: ".snappy-pieces",
  levels: null,
  engines: ["snappy"],
  npmPackage: "snappy",
  streams: false,
  open: async () => {
    const { compressSync, uncompressSync } = await load();
    // Without the copy the bytes stay outside the heap, and giving them back costs far more.
    const copied = { copyOutputData: true };
    return {
      compress: (batch) => toPiece(compressSync(asBuffer(batch), copied)),
      *decompress(file) {
        for (const { compressed, offset } of piecesOf(file)) {
          yield decompressAt(
            offset,
            () => uncompressSync(compressed, { ...copied, asBuffer: true }) as Buffer,
          );
        }
      },
    };
  },
};

async function load() {
  try {
    return await import("snappy");
  } catch (error) {
    throw new UnavailableError(`snappy does not load: ${whyNotLoaded(error)}`);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export default compressor;
