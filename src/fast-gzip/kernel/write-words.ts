import { out, pending, pendingBits, setBits } from "./bits";
import { DISTANCE_CODES, VALUE_CODES, WORDS } from "./memory";

/** Writes the codes of all words. Literals have a distance of no bits, so nothing branches. */
export function writeWords(wordsEnd: usize): void {
  let to = out;
  let bits = pending;
  let count = pendingBits;
  for (let at: usize = WORDS; at < wordsEnd; at += 4) {
    const word = load<u32>(at);
    const value = load<u32>(VALUE_CODES + ((word & 511) << 2));
    const distance = load<u32>(DISTANCE_CODES + ((word >>> 7) & (31 << 2)));
    bits |= u64(value & 0xffffff) << count;
    count += value >>> 24;
    const tail = u64(distance & 0xffff) | (u64(word >>> 14) << ((distance >>> 16) & 31));
    bits |= tail << count;
    count += distance >>> 24;
    store<u64>(to, bits);
    to += count >>> 3;
    bits >>= count & ~7;
    count &= 7;
  }
  setBits(to, bits, count);
}
