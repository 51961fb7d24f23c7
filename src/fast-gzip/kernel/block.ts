/** A block: of words, in the form that takes the fewest bits, or stored. */
import { alignToByte, moveOut, out, pending, pendingBits, putBits, setBits } from "./bits";
import { makeCodes } from "./codes";
import { prepareHeader, writeHeader } from "./header";
import { makeLengths } from "./lengths";
import {
  ALPHABET_COUNTS,
  DISTANCE_CODES,
  DISTANCE_COUNTS,
  DISTANCE_LENGTHS,
  LITERAL_COUNTS,
  LITERAL_LENGTHS,
  WORDS,
  WORD_CODES,
} from "./memory";

const END_OF_BLOCK: u32 = 256;
const LITERALS: u32 = 286;
const DISTANCES: u32 = 30;
/** A whole match takes 14 + 5 + 15 + 13 bits at most, and seven wait: it fits 64. */
const LONGEST_CODE: u32 = 14;
const LONGEST_DISTANCE_CODE: u32 = 15;
const MOST_STORED: usize = 65535;

/** Codes of the alphabet before the extra bits are put in. */
const ALPHABET_CODES = memory.data(288 * 4);

export function writeBlock(wordsEnd: usize, from: usize, bytes: usize, isLast: bool): void {
  joinLengths();
  makeLengths(ALPHABET_COUNTS, LITERALS, LONGEST_CODE, LITERAL_LENGTHS);
  makeLengths(DISTANCE_COUNTS, DISTANCES, LONGEST_DISTANCE_CODE, DISTANCE_LENGTHS);
  const dynamicBits: u32 = prepareHeader() + contentBits();
  const fixedBits: u32 = 3 + fixedContentBits();
  const pieces: usize = bytes == 0 ? 1 : (bytes + MOST_STORED - 1) / MOST_STORED;
  const storedBits = u32(pieces) * (3 + 7 + 32) + (u32(bytes) << 3);
  if (storedBits < min(dynamicBits, fixedBits)) writeStored(from, bytes, isLast);
  else {
    if (dynamicBits < fixedBits) writeHeader(isLast);
    else {
      putBits(u64(isLast) | (1 << 1), 3);
      fixedLengths();
    }
    makeCodes(LITERAL_LENGTHS, 288, ALPHABET_CODES);
    codesOfWords();
    codesOfDistances();
    writeWords(wordsEnd);
    const end = load<u32>(ALPHABET_CODES + (END_OF_BLOCK << 2));
    putBits(end & 0xffff, end >>> 24);
  }
  memory.fill(LITERAL_COUNTS, 0, 512 * 4);
  memory.fill(DISTANCE_COUNTS, 0, 32 * 4);
}

/** Symbol and extra bits of a match length − 3 (RFC 1951, section 3.2.5). */
// @ts-ignore: decorator
@inline
function lengthExtraBits(x: u32): u32 {
  return x < 8 || x == 255 ? 0 : 29 - clz(x);
}
// @ts-ignore: decorator
@inline
function lengthSymbol(x: u32, extraBits: u32): u32 {
  return x == 255 ? 285 : 257 + (extraBits << 2) + (x >>> extraBits);
}

// @ts-ignore: decorator
@inline
function distanceExtraBits(symbol: u32): u32 {
  return symbol < 4 ? 0 : (symbol >>> 1) - 1;
}

function joinLengths(): void {
  memory.copy(ALPHABET_COUNTS, LITERAL_COUNTS, 256 * 4);
  memory.fill(ALPHABET_COUNTS + 256 * 4, 0, 32 * 4);
  store<u32>(ALPHABET_COUNTS + (END_OF_BLOCK << 2), 1);
  for (let x: u32 = 0; x < 256; x++) {
    const count = load<u32>(LITERAL_COUNTS + ((256 + x) << 2));
    const place = ALPHABET_COUNTS + (lengthSymbol(x, lengthExtraBits(x)) << 2);
    store<u32>(place, load<u32>(place) + count);
  }
}

function contentBits(): u32 {
  let bits: u32 = 0;
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++) {
    const extraBits: u32 = symbol < 265 || symbol == 285 ? 0 : (symbol - 261) >>> 2;
    const each = load<u8>(LITERAL_LENGTHS + symbol) + extraBits;
    bits += load<u32>(ALPHABET_COUNTS + (symbol << 2)) * each;
  }
  for (let symbol: u32 = 0; symbol < DISTANCES; symbol++) {
    const each = load<u8>(DISTANCE_LENGTHS + symbol) + distanceExtraBits(symbol);
    bits += load<u32>(DISTANCE_COUNTS + (symbol << 2)) * each;
  }
  return bits;
}

// @ts-ignore: decorator
@inline
function fixedLength(symbol: u32): u32 {
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

function fixedContentBits(): u32 {
  let bits: u32 = 0;
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++) {
    const extraBits: u32 = symbol < 265 || symbol == 285 ? 0 : (symbol - 261) >>> 2;
    bits += load<u32>(ALPHABET_COUNTS + (symbol << 2)) * (fixedLength(symbol) + extraBits);
  }
  for (let symbol: u32 = 0; symbol < DISTANCES; symbol++) {
    const each = 5 + distanceExtraBits(symbol);
    bits += load<u32>(DISTANCE_COUNTS + (symbol << 2)) * each;
  }
  return bits;
}

function fixedLengths(): void {
  for (let symbol: u32 = 0; symbol < 288; symbol++) {
    store<u8>(LITERAL_LENGTHS + symbol, u8(fixedLength(symbol)));
  }
  memory.fill(DISTANCE_LENGTHS, 5, 32);
}

function codesOfWords(): void {
  memory.copy(WORD_CODES, ALPHABET_CODES, 256 * 4);
  for (let x: u32 = 0; x < 256; x++) {
    const extraBits = lengthExtraBits(x);
    const code = load<u32>(ALPHABET_CODES + (lengthSymbol(x, extraBits) << 2));
    const extra = x & ((1 << extraBits) - 1);
    const entry = (code + (extraBits << 24)) | (x == 255 ? 0 : extra << (code >>> 24));
    store<u32>(WORD_CODES + ((256 + x) << 2), entry);
  }
}

/** Code, from bit 16 on its length, from bit 24 on its length with the extra bits. */
function codesOfDistances(): void {
  makeCodes(DISTANCE_LENGTHS, 32, DISTANCE_CODES);
  for (let symbol: u32 = 0; symbol < DISTANCES; symbol++) {
    const place = DISTANCE_CODES + (symbol << 2);
    const code = load<u32>(place);
    const length = code >>> 24;
    const all = length + distanceExtraBits(symbol);
    store<u32>(place, (code & 0xffff) | (length << 16) | (all << 24));
  }
  store<u64>(DISTANCE_CODES + (DISTANCES << 2), 0);
}

/** The inner loop: no branch depends on data. */
function writeWords(wordsEnd: usize): void {
  let to = out;
  let bits = pending;
  let count = pendingBits;
  for (let at: usize = WORDS; at < wordsEnd; at += 4) {
    const word = load<u32>(at);
    const literal = load<u32>(WORD_CODES + ((word & 511) << 2));
    const distance = load<u32>(DISTANCE_CODES + ((word >>> 7) & (31 << 2)));
    bits |= u64(literal & 0xffffff) << count;
    count += literal >>> 24;
    const tail = u64(distance & 0xffff) | (u64(word >>> 14) << ((distance >>> 16) & 31));
    bits |= tail << count;
    count += distance >>> 24;
    store<u64>(to, bits);
    to += count >>> 3;
    bits >>>= count & ~7;
    count &= 7;
  }
  setBits(to, bits, count);
}

function writeStored(from: usize, bytes: usize, isLast: bool): void {
  let left = bytes;
  let at = from;
  do {
    const piece = min(left, MOST_STORED);
    left -= piece;
    putBits(u64(isLast && left == 0), 3);
    alignToByte();
    putBits(u64(piece) | ((u64(piece) ^ 0xffff) << 16), 32);
    memory.copy(out, at, piece);
    moveOut(out + piece);
    at += piece;
  } while (left > 0);
}
