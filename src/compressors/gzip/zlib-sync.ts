import { DataError } from "../../core/errors.js";
import { inflatesTooFar, MAX_INFLATED_BYTES } from "../../core/pieces.js";
import type { InflateMember } from "./members.js";

// Awaited: of a package whose native part is missing, Node 20 throws past everybody who waits for a module that
// imports it at its head.
const { default: zlibSync } = await import("zlib-sync");

/** A 32 KiB window, and 16 for a gzip header and trailer (zlib.h, inflateInit2). */
const GZIP_WINDOW_BITS = 15 + 16;
/** No deflate stream inflates to more than 1032 times its size (zlib's technical notes). */
const HIGHEST_RATIO = 1032;
const SMALLEST_OUTPUT_BYTES = 1 << 16;
const HEADER_AND_TRAILER_BYTES = 10 + 8;

/**
 * zlib-sync (native). Two of its habits lose data silently, and are answered here: it calls a
 * truncated stream a success, so only the end of the stream counts as one; and it does not say how
 * much it consumed, so the content's size must be the one that the last four bytes state (ISIZE).
 * That size is also the room it is given, all at once: what it does with a buffer that had to grow
 * is not safe over several pushes.
 */
export function openEngine(most = MAX_INFLATED_BYTES): InflateMember {
  return (bytes) => {
    if (bytes.length < HEADER_AND_TRAILER_BYTES) return undefined;
    const member = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const statedBytes = member.readUInt32LE(member.length - 4);
    if (statedBytes > member.length * HIGHEST_RATIO) return undefined;
    if (statedBytes > most) {
      throw new DataError(`damaged gzip member (${inflatesTooFar(most)})`, 0);
    }
    const inflate = new zlibSync.Inflate({
      windowBits: GZIP_WINDOW_BITS,
      chunkSize: Math.max(statedBytes + 1, SMALLEST_OUTPUT_BYTES),
    });
    inflate.push(member, zlibSync.Z_FINISH);
    if (inflate.err === zlibSync.Z_BUF_ERROR || inflate.err === zlibSync.Z_OK) return undefined;
    if (inflate.err !== zlibSync.Z_STREAM_END) {
      throw new DataError(`damaged gzip member (${inflate.msg ?? "no reason given"})`, 0);
    }
    const content = inflate.result as Buffer;
    if (content.length !== statedBytes) {
      throw new DataError("unknown bytes behind the gzip member that starts", 0);
    }
    return content;
  };
}
