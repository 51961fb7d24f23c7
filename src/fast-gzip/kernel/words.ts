/**
 * The stream of words that match finders write and blocks are made of. A word is a literal or a
 * match: 9 bits for the literal or 256 + length − 3, 5 bits for the distance's symbol (30: none),
 * and the rest for the distance's extra bits.
 */
import { DISTANCE_COUNTS, LITERAL_COUNTS } from "./memory";

export const NO_DISTANCE: u32 = 30;
export const MIN_MATCH: u32 = 3;
export const MAX_MATCH: u32 = 258;

// @ts-ignore: decorator
@inline
export function putLiteral(word: usize, byte: u32): usize {
  const count = LITERAL_COUNTS + (byte << 2);
  store<u32>(count, load<u32>(count) + 1);
  store<u32>(word, byte | (NO_DISTANCE << 9));
  return word + 4;
}

// @ts-ignore: decorator
@inline
export function putMatch(word: usize, length: u32, distance: u32): usize {
  const value = length + (256 - MIN_MATCH);
  const count = LITERAL_COUNTS + (value << 2);
  store<u32>(count, load<u32>(count) + 1);
  // RFC 1951, section 3.2.5: two symbols for each power of two, none of 0 and 1 with extra bits.
  const x = distance - 1;
  const log = 31 - clz(x | 2);
  const extraBits = log - 1;
  const symbol = 2 * log + ((x >> extraBits) & 1) - (u32(x < 2) << 1);
  const distanceCount = DISTANCE_COUNTS + (symbol << 2);
  store<u32>(distanceCount, load<u32>(distanceCount) + 1);
  store<u32>(word, value | (symbol << 9) | ((x & ((1 << extraBits) - 1)) << 14));
  return word + 4;
}
