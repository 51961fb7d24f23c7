/**
 * Where zstd frames end (RFC 8878, section 3.1.1): a decoder that is given several frames need not say,
 * so the headers of blocks are walked, which takes no decompressing.
 */
import { DataError } from "../../core/errors.js";

const MAGIC = 0xfd2f_b528;
const MAGIC_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const REPEATED_BYTE = 1;
const RESERVED = 3;

/** Each frame of a file in turn, as a view. Throws a `DataError` where the file is not whole. */
export function* framesOf(
  file: Uint8Array,
): Iterable<{ readonly frame: Buffer; readonly offset: number }> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  for (let offset = 0; offset < bytes.length;) {
    const end = frameEnd(bytes, offset);
    yield { frame: bytes.subarray(offset, end), offset };
    offset = end;
  }
}

function frameEnd(bytes: Buffer, start: number): number {
  /** Checks that the frame goes on to `end` at least. */
  const upTo = (end: number): number => {
    if (end > bytes.length) {
      throw new DataError(
        `the zstd frame from byte ${start} is truncated: the file ends`,
        bytes.length,
      );
    }
    return end;
  };
  let position = upTo(start + MAGIC_BYTES);
  if (bytes.readUInt32LE(start) !== MAGIC) throw new DataError("not a zstd frame", start);
  upTo(position + 1);
  const descriptor = bytes.readUInt8(position);
  position += 1 + headerBytes(descriptor);
  for (let last = false; !last;) {
    upTo(position + BLOCK_HEADER_BYTES);
    const block = bytes.readUIntLE(position, BLOCK_HEADER_BYTES);
    const type = (block >> 1) & 3;
    if (type === RESERVED) throw new DataError("damaged zstd block", position);
    last = (block & 1) === 1;
    position = upTo(position + BLOCK_HEADER_BYTES + (type === REPEATED_BYTE ? 1 : block >> 3));
  }
  const hasChecksum = (descriptor & 4) !== 0;
  return hasChecksum ? upTo(position + CHECKSUM_BYTES) : position;
}

/** Bytes of a frame's header behind its descriptor. */
function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 32) !== 0;
  const contentSizeFlag = descriptor >> 6;
  const contentSizeBytes =
    contentSizeFlag === 0 && isSingleSegment ? 1 : (CONTENT_SIZE_BYTES[contentSizeFlag] ?? 0);
  return (isSingleSegment ? 0 : 1) + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0) + contentSizeBytes;
}
