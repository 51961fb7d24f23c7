/**
 * A gzip file is a series of members (RFC 1952, section 2.2), and the libraries that inflate one
 * member say little or nothing about where it ended. So the file is cut where a member's first
 * bytes stand, and a cut inside compressed data, which happens by chance once in 16 MB, is noticed
 * because inflating up to it does not reach the member's end.
 */
import { DataError } from "../../core/errors.js";

/**
 * Inflates the member in `bytes`.
 *
 * Returns its content if it ends exactly where `bytes` end, and `undefined` if it needs more bytes.
 * Throws a `DataError`, its offset counted in `bytes`, if it is damaged or ends earlier.
 */
export type InflateMember = (bytes: Uint8Array) => Uint8Array | undefined;

/** Identification bytes and the only compression method there is: deflate. */
const MEMBER_START = Buffer.from([0x1f, 0x8b, 0x08]);

/** The content of each member in turn. Throws a `DataError` where the file is not whole. */
export function decompressMembers(
  file: Uint8Array,
  inflateMember: InflateMember,
): Iterable<Uint8Array> {
  return membersIn(file, 0, true, inflateMember);
}

/**
 * The same of a file that comes in pieces, of which each may be overwritten by the next. A member's content lasts
 * until the next one: its memory is given back at once, where the runtime can, instead of with the next garbage.
 */
export function* decompressPieces(
  pieces: Iterable<Uint8Array>,
  inflateMember: InflateMember,
): Iterable<Uint8Array> {
  for (const content of contentsOf(pieces, inflateMember)) {
    yield content;
    giveBack(content.buffer);
  }
}

/** Smaller memory may be shared with other buffers. */
const MIN_OWN_BYTES = 1 << 16;

/** `ArrayBuffer.prototype.transfer` is there from Node 22 on. */
function giveBack(memory: ArrayBufferLike & { transfer?: (bytes: number) => unknown }): void {
  if (memory.byteLength >= MIN_OWN_BYTES) memory.transfer?.(0);
}

function* contentsOf(
  pieces: Iterable<Uint8Array>,
  inflateMember: InflateMember,
): Iterable<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  let offset = 0;
  for (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const done = yield* membersIn(bytes, offset, false, inflateMember);
    rest = Buffer.from(bytes.subarray(done));
    offset += done;
  }
  yield* membersIn(rest, offset, true, inflateMember);
}

/**
 * The content of each member of a stretch of a file.
 *
 * @param offset where in the file it begins
 * @param isEnd whether the file ends with it; if not, its last member may go on
 * @returns where the first member begins that is not whole
 */
function* membersIn(
  stretch: Uint8Array,
  offset: number,
  isEnd: boolean,
  inflateMember: InflateMember,
): Generator<Uint8Array, number> {
  const bytes = Buffer.from(stretch.buffer, stretch.byteOffset, stretch.byteLength);
  let start = 0;
  let end = 0;
  while (start < bytes.length) {
    const head = bytes.subarray(start, start + MEMBER_START.length);
    if (
      !head.equals(MEMBER_START.subarray(0, head.length)) ||
      (isEnd && head.length < MEMBER_START.length)
    ) {
      throw new DataError("not a gzip member", offset + start);
    }
    const next = bytes.indexOf(MEMBER_START, Math.max(end, start + MEMBER_START.length));
    if (next === -1 && !isEnd) return start;
    end = next === -1 ? bytes.length : next;
    const content = inflateAt(bytes, start, end, offset, inflateMember);
    if (content !== undefined) {
      yield content;
      start = end;
    } else if (end === bytes.length) {
      throw new DataError(
        `the gzip member from byte ${offset + start} is truncated: the file ends`,
        offset + end,
      );
    } else {
      end += 1;
    }
  }
  return start;
}

function inflateAt(
  bytes: Buffer,
  start: number,
  end: number,
  offset: number,
  inflateMember: InflateMember,
): Uint8Array | undefined {
  try {
    return inflateMember(bytes.subarray(start, end));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.problem, offset + start + error.offset);
  }
}
