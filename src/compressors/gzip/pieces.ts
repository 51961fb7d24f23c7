/** The content of a gzip file (RFC 1952) that comes in pieces, in memory that does not grow with its members. */
import { crc32 } from "node:zlib";
import { DataError } from "../../core/errors.js";
import { inflatesTooFar, MAX_INFLATED_BYTES } from "../../core/pieces.js";
import type { Inflater } from "./inflater.js";

const [HEADER_BYTES, TRAILER_BYTES] = [10, 8];
const FLAGS_AT = 3;
/** Bits of the flags, for what a header has beside the ten bytes. */
const [HEADER_SUM, EXTRA, NAME, COMMENT] = [2, 4, 8, 16];
/** A longer header is none. */
const MAX_HEADER_BYTES = 1 << 18;

/** How content is looked at. */
interface Checks {
  /** Whether its checksums are left alone, because the bytes of the file are known to be right. */
  readonly isKnown: boolean;
  /** Bytes that a member may have. */
  readonly most: number;
}

/**
 * Each piece of content lasts until the next. The inflater is closed at the end. Throws a `DataError` with the offset where the file is
 * truncated or damaged.
 *
 * @param pieces each may be overwritten by the next
 */
export function* inflatedPieces(
  pieces: Iterable<Uint8Array>,
  inflater: Inflater,
  { isKnown = false, most = MAX_INFLATED_BYTES }: Partial<Checks> = {},
): Iterable<Uint8Array> {
  try {
    const input = new Input(pieces);
    while (input.has(1)) yield* memberOf(input, inflater, { isKnown, most });
  } finally {
    inflater.close();
  }
}

function* memberOf(
  input: Input,
  inflater: Inflater,
  { isKnown, most }: Checks,
): Iterable<Uint8Array> {
  const start = input.offset;
  skipHeader(input);
  inflater.reset();
  let sum = 0;
  let size = 0;
  for (;;) {
    // Behind the data there is always a trailer, so that input is left where they end.
    if (!input.has(1)) throw truncated(start, input);
    const { taken, content, isEnd } = stepOf(inflater, input, start);
    input.skip(taken);
    if (content.length > 0) {
      if (!isKnown) sum = crc32(content, sum);
      size += content.length;
      if (size > most) throw damaged(inflatesTooFar(most), start);
      yield content;
    }
    if (isEnd) break;
  }
  if (!input.has(TRAILER_BYTES)) throw truncated(start, input);
  if (!isKnown && input.bytes.readUInt32LE(0) !== sum) {
    throw damaged("incorrect data check", start);
  }
  if (input.bytes.readUInt32LE(4) !== size % 2 ** 32)
    throw damaged("incorrect length check", start);
  input.skip(TRAILER_BYTES);
}

/** A file's bytes, of which those that are needed together are put together. */
class Input {
  /** What is at hand. */
  bytes: Buffer = Buffer.alloc(0);
  /** Where in the file that begins. */
  offset = 0;
  private readonly pieces: Iterator<Uint8Array>;

  constructor(pieces: Iterable<Uint8Array>) {
    this.pieces = pieces[Symbol.iterator]();
  }

  /** Whether so many bytes are at hand, or could be brought. */
  has(count: number): boolean {
    while (this.bytes.length < count) {
      const rest = Buffer.from(this.bytes);
      const { value, done } = this.pieces.next();
      if (done === true) {
        this.bytes = rest;
        return false;
      }
      const piece = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      this.bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    }
    return true;
  }

  skip(count: number): void {
    this.bytes = this.bytes.subarray(count);
    this.offset += count;
  }
}

function stepOf(inflater: Inflater, { bytes }: Input, start: number) {
  try {
    return inflater.step(bytes);
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error), start);
  }
}

function skipHeader(input: Input): void {
  const start = input.offset;
  input.has(HEADER_BYTES);
  const { bytes } = input;
  const [id1, id2 = 0x8b, method = 8] = bytes;
  if (id1 !== 0x1f || id2 !== 0x8b || method !== 8) throw new DataError("not a gzip member", start);
  if (bytes.length < HEADER_BYTES) throw truncated(start, input);
  const flags = bytes[FLAGS_AT] ?? 0;
  let length = HEADER_BYTES;
  if ((flags & EXTRA) !== 0) {
    if (!input.has(length + 2)) throw truncated(start, input);
    length += 2 + input.bytes.readUInt16LE(length);
  }
  for (const flag of [NAME, COMMENT]) {
    if ((flags & flag) !== 0) length = endOfText(input, length, start);
  }
  if ((flags & HEADER_SUM) !== 0) length += 2;
  if (!input.has(length)) throw truncated(start, input);
  input.skip(length);
}

/** Where the text ends that begins at a place of a header: behind a zero. */
function endOfText(input: Input, from: number, start: number): number {
  for (let at = from; at < MAX_HEADER_BYTES; at++) {
    if (!input.has(at + 1)) throw truncated(start, input);
    if (input.bytes[at] === 0) return at + 1;
  }
  throw damaged("its header does not end", start);
}

function truncated(start: number, { offset, bytes }: Input): DataError {
  return new DataError(
    `the gzip member from byte ${start} is truncated: the file ends`,
    offset + bytes.length,
  );
}

function damaged(why: string, start: number): DataError {
  return new DataError(`damaged gzip member (${why})`, start);
}
