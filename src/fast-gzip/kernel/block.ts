/** A block, in the form that takes the fewest bits: with codes of its own, with fixed ones, or stored. */
import { putBits } from "./bits";
import { makeCodes } from "./codes";
import { prepareHeader, writeHeader } from "./header";
import { makeLengths } from "./lengths";
import {
  COUNTS_BYTES,
  DISTANCE_CODES,
  DISTANCE_COUNTS,
  DISTANCE_LENGTHS,
  LITERAL_CODES,
  LITERAL_COUNTS,
  LITERAL_LENGTHS,
  VALUE_CODES,
  VALUE_COUNTS,
} from "./memory";
import { storedBits, writeStored } from "./stored";
import { FIXED_DISTANCE_LENGTH, Symbols } from "./symbols";
import { writeWords } from "./write-words";

const LITERALS: u32 = 288;
const DISTANCES: u32 = 32;
const END_OF_BLOCK: u32 = 256;
const FIXED_HEADER_BITS: u32 = 3;
/** A whole match takes 14 + 5 + 15 + 13 bits at most, and seven may wait: it fits 64. */
const LONGEST_LITERAL_CODE: u32 = 14;
const LONGEST_DISTANCE_CODE: u32 = 15;

/** Writes what the words up to `wordsEnd` say, which are of `bytes` bytes, and clears the counts. */
export function writeBlock(wordsEnd: usize, from: usize, bytes: usize, isLast: bool): void {
  joinLengths();
  const fixedBits = FIXED_HEADER_BITS + fixedContentBits();
  makeLengths(LITERAL_COUNTS, LITERALS, LONGEST_LITERAL_CODE, LITERAL_LENGTHS);
  makeLengths(DISTANCE_COUNTS, DISTANCES, LONGEST_DISTANCE_CODE, DISTANCE_LENGTHS);
  const dynamicBits = prepareHeader() + contentBits();
  if (storedBits(bytes) < min(dynamicBits, fixedBits)) writeStored(from, bytes, isLast);
  else {
    if (dynamicBits < fixedBits) writeHeader(isLast);
    else writeFixedHeader(isLast);
    makeCodes(LITERAL_LENGTHS, LITERALS, LITERAL_CODES);
    makeCodes(DISTANCE_LENGTHS, DISTANCES, DISTANCE_CODES);
    codesOfValues();
    codesOfDistances();
    writeWords(wordsEnd);
    const end = load<u32>(LITERAL_CODES + (END_OF_BLOCK << 2));
    putBits(end & 0xffff, end >>> 24);
  }
  memory.fill(VALUE_COUNTS, 0, COUNTS_BYTES);
}

function joinLengths(): void {
  memory.copy(LITERAL_COUNTS, VALUE_COUNTS, 256 * 4);
  memory.fill(LITERAL_COUNTS + 256 * 4, 0, 32 * 4);
  store<u32>(LITERAL_COUNTS + (END_OF_BLOCK << 2), 1);
  for (let length: u32 = 0; length < 256; length++) {
    const count = load<u32>(VALUE_COUNTS + ((256 + length) << 2));
    const joined = LITERAL_COUNTS + (Symbols.ofLength(length) << 2);
    store<u32>(joined, load<u32>(joined) + count);
  }
}

function contentBits(): u32 {
  let bits: u32 = 0;
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++) {
    const each = load<u8>(LITERAL_LENGTHS + symbol) + Symbols.extraBitsOfLiteral(symbol);
    bits += load<u32>(LITERAL_COUNTS + (symbol << 2)) * each;
  }
  for (let symbol: u32 = 0; symbol < DISTANCES; symbol++) {
    const each = load<u8>(DISTANCE_LENGTHS + symbol) + Symbols.extraBitsOfDistance(symbol);
    bits += load<u32>(DISTANCE_COUNTS + (symbol << 2)) * each;
  }
  return bits;
}

function fixedContentBits(): u32 {
  let bits: u32 = 0;
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++) {
    const each = Symbols.fixedLength(symbol) + Symbols.extraBitsOfLiteral(symbol);
    bits += load<u32>(LITERAL_COUNTS + (symbol << 2)) * each;
  }
  for (let symbol: u32 = 0; symbol < DISTANCES; symbol++) {
    const each = FIXED_DISTANCE_LENGTH + Symbols.extraBitsOfDistance(symbol);
    bits += load<u32>(DISTANCE_COUNTS + (symbol << 2)) * each;
  }
  return bits;
}

function writeFixedHeader(isLast: bool): void {
  putBits(u64(isLast) | (1 << 1), FIXED_HEADER_BITS);
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++) {
    store<u8>(LITERAL_LENGTHS + symbol, u8(Symbols.fixedLength(symbol)));
  }
  memory.fill(DISTANCE_LENGTHS, u8(FIXED_DISTANCE_LENGTH), DISTANCES);
}

/** For each value of a word: code and extra bits of a length, and from bit 24 on how many bits. */
function codesOfValues(): void {
  memory.copy(VALUE_CODES, LITERAL_CODES, 256 * 4);
  for (let length: u32 = 0; length < 256; length++) {
    const extraBits = Symbols.extraBitsOfLength(length);
    const code = load<u32>(LITERAL_CODES + (Symbols.ofLength(length) << 2));
    const extra = length & ((1 << extraBits) - 1);
    const entry = (code + (extraBits << 24)) | (extra << (code >>> 24));
    store<u32>(VALUE_CODES + ((256 + length) << 2), entry);
  }
}

/** For each distance symbol: code, from bit 16 on its bits, from bit 24 on those with the extra ones. */
function codesOfDistances(): void {
  for (let symbol: u32 = 0; symbol < 30; symbol++) {
    const place = DISTANCE_CODES + (symbol << 2);
    const code = load<u32>(place);
    const bits = code >>> 24;
    const allBits = bits + Symbols.extraBitsOfDistance(symbol);
    store<u32>(place, (code & 0xffff) | (bits << 16) | (allBits << 24));
  }
  // What a literal has in the place of a distance: no bits at all.
  store<u64>(DISTANCE_CODES + (30 << 2), 0);
}
