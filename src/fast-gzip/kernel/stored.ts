/** Bytes as they are (RFC 1951, section 3.2.4). */
import { alignToByte, pendingBits, putBits, putBytes } from "./bits";

const MOST_STORED: usize = 65535;

/** What it will take: the first piece's header ends on a byte, and so do all others. */
export function storedBits(bytes: usize): u32 {
  const pieces = u32((bytes + MOST_STORED - 1) / MOST_STORED);
  const headerBits = ((pendingBits + 3 + 7) & ~7) - pendingBits + 32;
  return headerBits + (pieces - 1) * (8 + 32) + (u32(bytes) << 3);
}

/** Also of no bytes at all, which ends what stands before on a byte. */
export function writeStored(from: usize, bytes: usize, isLast: bool): void {
  let left = bytes;
  let at = from;
  do {
    const piece = min(left, MOST_STORED);
    left -= piece;
    putBits(u64(isLast && left == 0), 3);
    alignToByte();
    putBits(u64(piece) | ((u64(piece) ^ 0xffff) << 16), 32);
    putBytes(at, piece);
    at += piece;
  } while (left > 0);
}
