import { constants, crc32, deflateRawSync } from "node:zlib";
import type { CompressStream } from "../../core/compressor.js";

/** No reference of deflate reaches further back (RFC 1951, section 2). */
const WINDOW_BYTES = 1 << 15;
/** RFC 1952, section 2.3: deflate, no time, no name, system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** A last block with nothing in it. */
const LAST_BLOCK = Buffer.from([3, 0]);

/**
 * One gzip member for a whole file, batch by batch and without waiting: the runtime streams only in
 * the background. As pigz does it, each batch is deflated alone, with the bytes before it as its
 * dictionary, and ends on a byte; so what stands behind one another is one deflate stream.
 */
export class GzipStream implements CompressStream {
  private before: Buffer = Buffer.alloc(0);
  private checksum = 0;
  private bytes = 0;
  private begun = false;

  constructor(private readonly level: number) {}

  add(batch: Uint8Array): Uint8Array {
    this.checksum = crc32(batch, this.checksum);
    this.bytes += batch.length;
    const deflated = deflateRawSync(batch, {
      level: this.level,
      finishFlush: constants.Z_SYNC_FLUSH,
      chunkSize: Math.max(64, batch.length >> 1),
      ...(this.before.length > 0 && { dictionary: this.before }),
    });
    this.before = lastBytes(this.before, batch);
    return this.afterHeader(deflated);
  }

  end(): Uint8Array {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.checksum, 0);
    trailer.writeUInt32LE(this.bytes % 2 ** 32, 4);
    return this.afterHeader(Buffer.concat([LAST_BLOCK, trailer]));
  }

  private afterHeader(bytes: Buffer): Buffer {
    if (this.begun) return bytes;
    this.begun = true;
    return Buffer.concat([HEADER, bytes]);
  }
}

/** A copy of the window's worth of bytes that stands last. */
function lastBytes(before: Buffer, batch: Uint8Array): Buffer {
  const own = batch.subarray(Math.max(0, batch.length - WINDOW_BYTES));
  const kept = before.subarray(Math.max(0, before.length + own.length - WINDOW_BYTES));
  return Buffer.concat([kept, own]);
}
