/** CRC-32 (ISO 3309, as in gzip), here because nothing in this folder asks for more than the language itself. */

const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let bits = index;
  for (let bit = 0; bit < 8; bit++) bits = bits & 1 ? (bits >>> 1) ^ 0xedb88320 : bits >>> 1;
  return bits;
});

/** The checksum of bytes, from 0 to 2³² − 1. */
export function crc32(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 255] ?? 0);
  return ~sum >>> 0;
}
