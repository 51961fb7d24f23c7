/**
 * Tables by which codes are read (RFC 1951, section 3.2.2). An entry is 32 bits:
 *
 *   a literal    LITERAL, from bit 8 on the byte, from 0 on the bits of its code
 *   two of them  the same, and PAIR, and from bit 16 on the second byte
 *   a length     from bit 16 on its base, from 8 on the bits of its code, from 0 on those with its extra ones
 *   a distance   the same
 *   the end      SPECIAL and END, from bit 0 on the bits of its code
 *   a table      SPECIAL and TABLE, from bit 16 on where it begins, from 8 on the bits it is for, from 0 on those before
 *   no code      SPECIAL and WRONG
 */
import {
  COUNTS,
  DISTANCE_BITS,
  DISTANCES,
  HEADER_BITS,
  HEADERS,
  LITERAL_BITS,
  LITERALS,
  PLACES,
  SORTED,
} from "./memory";

export const LITERAL: u32 = 1 << 31;
const PAIR: u32 = 1 << 30;
export const SPECIAL: u32 = 1 << 15;
export const TABLE: u32 = 1 << 14;
export const END: u32 = 1 << 13;
const WRONG: u32 = SPECIAL | (1 << 12);

const END_OF_BLOCK: u32 = 256;

/** Which alphabet a code is of. */
export const OF_LITERALS: u32 = 0;
export const OF_DISTANCES: u32 = 1;
export const OF_HEADER: u32 = 2;

/**
 * Makes the table of the code whose symbols have so many bits. Returns whether that is a code as zlib takes it: not
 * more codes than there is room for, nor fewer, but for one of a single bit, or none at all, of anything but a header.
 */
export function makeTable(kind: u32, lengths: usize, symbols: u32): bool {
  const table = kind == OF_LITERALS ? LITERALS : kind == OF_DISTANCES ? DISTANCES : HEADERS;
  const tableBits =
    kind == OF_LITERALS ? LITERAL_BITS : kind == OF_DISTANCES ? DISTANCE_BITS : HEADER_BITS;
  memory.fill(COUNTS, 0, 16 * 4);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = COUNTS + (u32(load<u8>(lengths + symbol)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  store<u32>(COUNTS, 0);
  let left: i32 = 1;
  let longest: u32 = 0;
  let place: u32 = 0;
  for (let bits: u32 = 1; bits < 16; bits++) {
    const count = load<u32>(COUNTS + (bits << 2));
    store<u32>(PLACES + (bits << 2), place);
    place += count;
    left = (left << 1) - count;
    if (left < 0) return false;
    if (count > 0) longest = bits;
  }
  // What has codes for everything leaves no entry as it was.
  if (left > 0) {
    if (longest > 1 || kind == OF_HEADER) return false;
    for (let entry: u32 = 0; entry < 1 << tableBits; entry++) {
      store<u32>(table + (entry << 2), WRONG);
    }
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const bits = u32(load<u8>(lengths + symbol));
    if (bits == 0) continue;
    const at = PLACES + (bits << 2);
    const before = load<u32>(at);
    store<u32>(at, before + 1);
    store<u16>(SORTED + (before << 1), u16(symbol));
  }
  fill(kind, table, tableBits, place);
  if (kind == OF_LITERALS) joinLiterals();
  return true;
}

function fill(kind: u32, table: usize, tableBits: u32, symbols: u32): void {
  const mask: u32 = (1 << tableBits) - 1;
  let code: u32 = 0;
  let bits: u32 = 1;
  let next: u32 = 1 << tableBits;
  let prefix: u32 = -1;
  let start: u32 = 0;
  let startBits: u32 = 0;
  for (let place: u32 = 0; place < symbols; place++) {
    while (load<u32>(COUNTS + (bits << 2)) == 0) {
      bits += 1;
      code <<= 1;
    }
    const symbol = u32(load<u16>(SORTED + (place << 1)));
    const reversed = reverse(code, bits);
    if (bits <= tableBits) {
      const entry = entryOf(kind, symbol, bits);
      for (let at = reversed; at <= mask; at += 1 << bits) store<u32>(table + (at << 2), entry);
    } else {
      if ((reversed & mask) != prefix) {
        prefix = reversed & mask;
        start = next;
        startBits = bitsOfRest(bits, tableBits);
        next += 1 << startBits;
        const pointer = SPECIAL | TABLE | (start << 16) | (startBits << 8) | tableBits;
        store<u32>(table + (prefix << 2), pointer);
      }
      const entry = entryOf(kind, symbol, bits - tableBits);
      for (let at = reversed >>> tableBits; at < 1 << startBits; at += 1 << (bits - tableBits)) {
        store<u32>(table + ((start + at) << 2), entry);
      }
    }
    const count = COUNTS + (bits << 2);
    store<u32>(count, load<u32>(count) - 1);
    code += 1;
  }
}

/** Where two literals fit an entry they become one, from the last entry on: each looks at one before it. */
function joinLiterals(): void {
  for (let index: i32 = (1 << LITERAL_BITS) - 1; index >= 0; index--) {
    const place = LITERALS + (index << 2);
    const first = load<u32>(place);
    if (i32(first) >= 0) continue;
    const bits = first & 15;
    const second = load<u32>(LITERALS + ((index >>> bits) << 2));
    if (i32(second) >= 0 || bits + (second & 15) > LITERAL_BITS) continue;
    store<u32>(place, (first + (second & 15)) | ((second & 0xff00) << 8) | PAIR);
  }
}

/** How many bits the table of longer codes with one beginning is for: enough for all codes that begin so. */
function bitsOfRest(bits: u32, tableBits: u32): u32 {
  let rest = bits - tableBits;
  let used = load<u32>(COUNTS + (bits << 2));
  while (used < 1 << rest && tableBits + rest < 15) {
    rest += 1;
    used = (used << 1) + load<u32>(COUNTS + ((tableBits + rest) << 2));
  }
  return rest;
}

function entryOf(kind: u32, symbol: u32, bits: u32): u32 {
  const both = (bits << 8) | bits;
  if (kind == OF_HEADER) return (symbol << 16) | both;
  if (kind == OF_DISTANCES) {
    if (symbol >= 30) return WRONG;
    // RFC 1951, section 3.2.5: two symbols for each power of two, below 4 one for each distance.
    const extra = symbol < 4 ? 0 : (symbol >>> 1) - 1;
    const base = symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extra) + 1;
    return (base << 16) | (both + extra);
  }
  if (symbol < END_OF_BLOCK) return LITERAL | (symbol << 8) | bits;
  if (symbol == END_OF_BLOCK) return SPECIAL | END | bits;
  if (symbol > 285) return WRONG;
  if (symbol == 285) return (258 << 16) | both;
  // Four symbols for each power of two, below 8 one for each length.
  const index = symbol - 257;
  const extra = index < 8 ? 0 : (index >>> 2) - 1;
  const base = index < 8 ? index + 3 : ((4 + (index & 3)) << extra) + 3;
  return (base << 16) | (both + extra);
}

/** Codes stand in the data from their highest bit on, all else from its lowest. */
function reverse(code: u32, bits: u32): u32 {
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < bits; bit++) {
    reversed = (reversed << 1) | ((code >>> bit) & 1);
  }
  return reversed;
}
