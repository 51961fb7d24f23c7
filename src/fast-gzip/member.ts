/** What stands around a DEFLATE stream to make it a gzip member (RFC 1952, section 2.3). */

/** Deflate, no time, no name, system unknown: the same bytes wherever it runs. */
export const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
export const TRAILER_BYTES = 8;

/** The content's CRC-32 and its size modulo 2³². */
export function putTrailer(memory: Uint8Array, at: number, checksum: number, bytes: number): void {
  const view = new DataView(memory.buffer, memory.byteOffset + at, TRAILER_BYTES);
  view.setUint32(0, checksum, true);
  view.setUint32(4, bytes % 2 ** 32, true);
}
