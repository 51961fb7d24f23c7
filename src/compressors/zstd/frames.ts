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
const CHECKSUM_FLAG = 4;
/** The most that any block becomes. */
const MAX_BLOCK_BYTES = 1 << 17;

export interface Frame {
  /** A view of the file. */
  readonly frame: Buffer;
  /** Where in the file it begins. */
  readonly offset: number;
  /** The size of its content, where it says that. */
  readonly statedBytes: number | undefined;
  /** As much as so many blocks can become. */
  readonly mostBytes: number;
}

/** Each frame of a file in turn. Throws a `DataError` where the file is not whole. */
export function* framesOf(file: Uint8Array): Iterable<Frame> {
  const bytes = asBuffer(file);
  for (let offset = 0; offset < bytes.length;) {
    const { end, blocks } = walkFrame(bytes, offset);
    const frame = bytes.subarray(offset, end);
    yield { frame, offset, statedBytes: statedBytes(frame), mostBytes: blocks * MAX_BLOCK_BYTES };
    offset = end;
  }
}

/** A frame that has no checksum, with one: the low four bytes of its content's XXH64. */
export function withChecksum(frame: Uint8Array, checksum: number): Buffer {
  const checked = Buffer.allocUnsafe(frame.length + CHECKSUM_BYTES);
  checked.set(frame);
  checked.writeUInt8(checked.readUInt8(MAGIC_BYTES) | CHECKSUM_FLAG, MAGIC_BYTES);
  checked.writeUInt32LE(checksum, frame.length);
  return checked;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where the frame ends that begins at `start`, and of how many blocks it is. */
function walkFrame(bytes: Buffer, start: number): { end: number; blocks: number } {
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
  let blocks = 0;
  for (let last = false; !last; blocks++) {
    upTo(position + BLOCK_HEADER_BYTES);
    const block = bytes.readUIntLE(position, BLOCK_HEADER_BYTES);
    const type = (block >> 1) & 3;
    if (type === RESERVED) throw new DataError("damaged zstd block", position);
    last = (block & 1) === 1;
    position = upTo(position + BLOCK_HEADER_BYTES + (type === REPEATED_BYTE ? 1 : block >> 3));
  }
  const hasChecksum = (descriptor & CHECKSUM_FLAG) !== 0;
  return { end: hasChecksum ? upTo(position + CHECKSUM_BYTES) : position, blocks };
}

/** Bytes of a frame's header behind its descriptor. */
function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 32) !== 0;
  const dictionaryIdBytes = DICTIONARY_ID_BYTES[descriptor & 3] ?? 0;
  return (isSingleSegment ? 0 : 1) + dictionaryIdBytes + contentSizeBytes(descriptor);
}

function contentSizeBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 32) !== 0;
  const flag = descriptor >> 6;
  return flag === 0 && isSingleSegment ? 1 : (CONTENT_SIZE_BYTES[flag] ?? 0);
}

/** The content's size in a whole frame's header, at its end. Two bytes count from 256 on. */
function statedBytes(frame: Buffer): number | undefined {
  const descriptor = frame.readUInt8(MAGIC_BYTES);
  const size = contentSizeBytes(descriptor);
  const at = MAGIC_BYTES + 1 + headerBytes(descriptor) - size;
  if (size === 0) return undefined;
  if (size === 8) return Number(frame.readBigUInt64LE(at));
  return frame.readUIntLE(at, size) + (size === 2 ? 256 : 0);
}
