import { crc32, gunzipSync, inflateRawSync, type Gunzip, type InflateRaw } from "node:zlib";
import { DataError, firstLine } from "../../core/errors.js";
import { inflatesTooFar, MAX_INFLATED_BYTES, stoppedAtLimit } from "../../core/pieces.js";
import type { InflateMember } from "./members.js";

/** Inflated size of a member is not known beforehand; a batch mostly fits into this. */
const CHUNK_BYTES = 1 << 20;
/** RFC 1952, section 2.3: a header without a name or anything else that is optional, and CRC-32 with ISIZE. */
const [HEADER_BYTES, TRAILER_BYTES] = [10, 8];
const FLAGS_AT = 3;
/** A call that fills its room exactly asks for more of it. */
const SPARE_BYTES = 64;

/** The runtime's own zlib. It ignores whatever follows a member, so what it consumed is checked. */
export function openEngine(most = MAX_INFLATED_BYTES): InflateMember {
  return (bytes) => plainMember(bytes, most) ?? anyMember(bytes, most);
}

/**
 * The content of a member whose header is plain, and that ends where the bytes do; `undefined` where that is
 * not so, or it is damaged: another look says which. Room is made once, for as much as the member says that it
 * has, and the checksum is the runtime's, which is faster than the one inside inflating.
 */
function plainMember(bytes: Uint8Array, most: number): Uint8Array | undefined {
  if (bytes.length < HEADER_BYTES + TRAILER_BYTES || bytes[FLAGS_AT] !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - TRAILER_BYTES;
  const stated = view.getUint32(end + 4, true);
  if (stated > Math.min(most, 4 * CHUNK_BYTES)) return undefined;
  try {
    const { buffer, engine } = inflateRawSync(bytes.subarray(HEADER_BYTES, end), {
      chunkSize: stated + SPARE_BYTES,
      maxOutputLength: stated + SPARE_BYTES,
      info: true,
    }) as unknown as { buffer: Buffer; engine: InflateRaw };
    const isWhole = engine.bytesWritten === end - HEADER_BYTES && buffer.length === stated;
    return isWhole && crc32(buffer) === view.getUint32(end, true) ? buffer : undefined;
  } catch {
    return undefined;
  }
}

function anyMember(bytes: Uint8Array, most: number): Uint8Array | undefined {
  try {
    // With `info` the result is an object, which the type declarations do not know.
    const { buffer, engine } = gunzipSync(bytes, {
      chunkSize: CHUNK_BYTES,
      maxOutputLength: most,
      info: true,
    }) as unknown as { buffer: Buffer; engine: Gunzip };
    if (engine.bytesWritten < bytes.length) {
      throw new DataError("unknown bytes behind a gzip member,", engine.bytesWritten);
    }
    return buffer;
  } catch (error) {
    if (error instanceof DataError) throw error;
    if ((error as NodeJS.ErrnoException).code === "Z_BUF_ERROR") return undefined;
    const why = stoppedAtLimit(error) ? inflatesTooFar(most) : firstLine(error);
    throw new DataError(`damaged gzip member (${why})`, 0);
  }
}
