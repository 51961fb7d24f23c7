/**
 * Compressed batches behind one another, for compressors whose own streams do not say where they end
 * or whether they are whole: each behind its length and its CRC-32, both 32 bits, big-endian.
 */
import { crc32 } from "node:zlib";
import { DataError, firstLine } from "./errors.js";

const HEADER_BYTES = 8;

/**
 * One batch, or one file in one stream, that inflates to more than this is damaged or made to fill the
 * memory of whoever reads it: it is stopped here.
 */
export const MAX_INFLATED_BYTES = 1 << 30;

/** What to say of bytes that go on inflating. */
export function inflatesTooFar(most: number): string {
  return `it inflates to more than ${most} bytes`;
}

/** The code of the runtime's error at its `maxOutputLength`. */
const TOO_LARGE = "ERR_BUFFER_TOO_LARGE";

/** Whether the runtime stopped inflating at a limit. */
export function stoppedAtLimit(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === TOO_LARGE;
}

/** A piece that can be appended to a file of others. */
export function toPiece(compressed: Uint8Array): Buffer {
  const piece = Buffer.allocUnsafe(HEADER_BYTES + compressed.length);
  piece.writeUInt32BE(compressed.length, 0);
  piece.writeUInt32BE(crc32(compressed), 4);
  piece.set(compressed, HEADER_BYTES);
  return piece;
}

/**
 * The compressed bytes of each piece in turn, as views, with the offset at which the piece begins.
 * Throws a `DataError` where the file is truncated, damaged, or goes on with something else.
 */
export function* piecesOf(
  file: Uint8Array,
): Iterable<{ readonly compressed: Buffer; readonly offset: number }> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  for (let offset = 0; offset < bytes.length;) {
    const start = offset + HEADER_BYTES;
    const end = start <= bytes.length ? start + bytes.readUInt32BE(offset) : Infinity;
    if (end > bytes.length) {
      throw new DataError(
        `the compressed batch from byte ${offset} is truncated, or is none: the file ends`,
        bytes.length,
      );
    }
    const compressed = bytes.subarray(start, end);
    if (crc32(compressed) !== bytes.readUInt32BE(offset + 4)) {
      throw new DataError("damaged compressed batch: its CRC-32 differs. It starts", offset);
    }
    yield { compressed, offset };
    offset = end;
  }
}

/** Runs a decompressor over the piece at `offset`; what it throws becomes a `DataError` there. */
export function decompressAt<T>(offset: number, decompress: () => T): T {
  try {
    return decompress();
  } catch (error) {
    const why = stoppedAtLimit(error) ? inflatesTooFar(MAX_INFLATED_BYTES) : firstLine(error);
    throw new DataError(`damaged compressed batch (${why}) that starts`, offset);
  }
}
