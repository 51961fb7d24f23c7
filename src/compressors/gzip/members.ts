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
export function* decompressMembers(
  file: Uint8Array,
  inflateMember: InflateMember,
): Iterable<Uint8Array> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let start = 0;
  let end = 0;
  while (start < bytes.length) {
    if (!bytes.subarray(start, start + MEMBER_START.length).equals(MEMBER_START)) {
      throw new DataError("not a gzip member", start);
    }
    const next = bytes.indexOf(MEMBER_START, Math.max(end, start + MEMBER_START.length));
    end = next === -1 ? bytes.length : next;
    const content = inflateAt(bytes, start, end, inflateMember);
    if (content !== undefined) {
      yield content;
      start = end;
    } else if (end === bytes.length) {
      throw new DataError(`the gzip member from byte ${start} is truncated: the file ends`, end);
    } else {
      end += 1;
    }
  }
}

function inflateAt(
  bytes: Buffer,
  start: number,
  end: number,
  inflateMember: InflateMember,
): Uint8Array | undefined {
  try {
    return inflateMember(bytes.subarray(start, end));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.problem, start + error.offset);
  }
}
