/** Bytes as they are (RFC 1951, section 3.2.4). */
import { alignToByte, putBits, putBytes } from "./bits";

const MOST_STORED: usize = 65535;

/** The most that it may take. */
export function storedBits(bytes: usize): u32 {
  const pieces = (bytes + MOST_STORED - 1) / MOST_STORED;
  return u32((bytes << 3) + pieces * (3 + 7 + 32));
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
