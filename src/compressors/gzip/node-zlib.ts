import { gunzipSync, type Gunzip } from "node:zlib";
import { DataError, firstLine } from "../../core/errors.js";
import { inflatesTooFar, MAX_INFLATED_BYTES, stoppedAtLimit } from "../../core/pieces.js";
import type { InflateMember } from "./members.js";

/** Inflated size of a member is not known beforehand; a batch mostly fits into this. */
const CHUNK_BYTES = 1 << 20;

/** The runtime's own zlib. It ignores whatever follows a member, so what it consumed is checked. */
export function openEngine(most = MAX_INFLATED_BYTES): InflateMember {
  return (bytes) => {
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
  };
}
