import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Compressor } from "../core/compressor.js";
import { decompressAt, MAX_INFLATED_BYTES, piecesOf, toPiece } from "../core/pieces.js";

/** From here on it is slower than gzip at its default; up to here it is faster, and smaller. */
const DEFAULT_LEVEL = 4;
/** Inflated size is not known beforehand; a batch mostly fits into this. */
const CHUNK_BYTES = 1 << 20;

/**
 * Brotli (RFC 7932): each batch is a stream of its own, behind its length and CRC-32, since brotli
 * streams neither concatenate nor notice damage.
 */
const compressor: Compressor = {
  name: "brotli",
  fileSuffix: ".br-pieces",
  levels: { lowest: 0, highest: 11, default: DEFAULT_LEVEL },
  engines: ["node:zlib"],
  npmPackage: null,
  streams: false,
  open: async ({ level = DEFAULT_LEVEL }) => ({
    compress: (batch) =>
      toPiece(
        brotliCompressSync(batch, {
          chunkSize: Math.max(64, batch.length >> 1),
          params: {
            [constants.BROTLI_PARAM_QUALITY]: level,
            [constants.BROTLI_PARAM_SIZE_HINT]: batch.length,
          },
        }),
      ),
    *decompress(file) {
      for (const { compressed, offset } of piecesOf(file)) {
        yield decompressAt(offset, () =>
          brotliDecompressSync(compressed, {
            chunkSize: CHUNK_BYTES,
            maxOutputLength: MAX_INFLATED_BYTES,
          }),
        );
      }
    },
  }),
};

export default compressor;
