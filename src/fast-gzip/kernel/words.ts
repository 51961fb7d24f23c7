/**
 * The stream of words that the match finder writes and blocks are made of. A word is a literal or a
 * match: 9 bits for its value (a literal, or 256 + length − 3), 5 bits for the distance's symbol (30:
 * none), and the rest for the distance's extra bits. Values and symbols are counted on the way.
 */
import { DISTANCE_COUNTS, VALUE_COUNTS } from "./memory";

const NO_DISTANCE: u32 = 30;
const MIN_MATCH: u32 = 3;
export const MAX_MATCH: u32 = 258;

export class Words {
  @inline
  static putLiteral(word: usize, byte: u32): usize {
    Words.putLiteralIf(1, word, byte);
    return word + 4;
  }

  /** Without a branch: where `is` is 0, the word is written but not counted, and to be overwritten. */
  @inline
  static putLiteralIf(is: u32, word: usize, byte: u32): void {
    const count = VALUE_COUNTS + (byte << 2);
    store<u32>(count, load<u32>(count) + is);
    store<u32>(word, byte | (NO_DISTANCE << 9));
  }

  @inline
  static putMatch(word: usize, length: u32, distance: u32): usize {
    const value = length + (256 - MIN_MATCH);
    const valueCount = VALUE_COUNTS + (value << 2);
    store<u32>(valueCount, load<u32>(valueCount) + 1);
    // RFC 1951, section 3.2.5: two symbols for each power of two, below 4 one for each distance.
    const x = distance - 1;
    const log = 31 - clz(x | 2);
    const extraBits = log - 1;
    const symbol = 2 * log + ((x >>> extraBits) & 1) - (u32(x < 2) << 1);
    const symbolCount = DISTANCE_COUNTS + (symbol << 2);
    store<u32>(symbolCount, load<u32>(symbolCount) + 1);
    store<u32>(word, value | (symbol << 9) | ((x & ((1 << extraBits) - 1)) << 14));
    return word + 4;
  }
}
