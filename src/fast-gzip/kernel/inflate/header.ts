/** Codes of a block's own, as they stand at its head (RFC 1951, section 3.2.7), and the fixed ones. */
import { HEADER_BITS, HEADER_LENGTHS, HEADERS, LENGTHS } from "./memory";
import { bitsLeft, nextBits, skipBits } from "./state";
import { makeTable, OF_DISTANCES, OF_HEADER, OF_LITERALS, SPECIAL } from "./table";

/** What came of it. */
export const READ: u32 = 0;
export const STARVED: u32 = 1;
const TOO_MANY_SYMBOLS: u32 = 2;
const WRONG_LENGTHS_SET: u32 = 3;
const WRONG_REPEAT: u32 = 4;
const NO_END_OF_BLOCK: u32 = 5;
const WRONG_LITERALS_SET: u32 = 6;
const WRONG_DISTANCES_SET: u32 = 7;

const HEADER_SYMBOLS: u32 = 19;
const MAX_LITERALS: u32 = 286;
const MAX_DISTANCES: u32 = 30;
const END_OF_BLOCK: u32 = 256;
const REPEAT: u32 = 16;
const ZEROS: u32 = 17;
/** In which order the lengths of the code for lengths stand. */
const ORDER: StaticArray<u8> = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Reads the codes. Where the input ends within them nothing tells where it stands: go back. */
export function readCodes(): u32 {
  if (bitsLeft() < 14) return STARVED;
  const head = u32(nextBits());
  const literals = (head & 31) + 257;
  const distances = ((head >>> 5) & 31) + 1;
  const headers = ((head >>> 10) & 15) + 4;
  if (literals > MAX_LITERALS || distances > MAX_DISTANCES) return TOO_MANY_SYMBOLS;
  skipBits(14);
  memory.fill(HEADER_LENGTHS, 0, HEADER_SYMBOLS);
  for (let index: u32 = 0; index < headers; index++) {
    if (bitsLeft() < 3) return STARVED;
    store<u8>(HEADER_LENGTHS + usize(unchecked(ORDER[index])), u8(nextBits() & 7));
    skipBits(3);
  }
  if (!makeTable(OF_HEADER, HEADER_LENGTHS, HEADER_SYMBOLS)) return WRONG_LENGTHS_SET;
  const result = readLengths(literals + distances);
  if (result != READ) return result;
  if (load<u8>(LENGTHS + END_OF_BLOCK) == 0) return NO_END_OF_BLOCK;
  if (!makeTable(OF_LITERALS, LENGTHS, literals)) return WRONG_LITERALS_SET;
  if (!makeTable(OF_DISTANCES, LENGTHS + literals, distances)) return WRONG_DISTANCES_SET;
  return READ;
}

function readLengths(symbols: u32): u32 {
  let symbol: u32 = 0;
  while (symbol < symbols) {
    const available = bitsLeft();
    const buffer = u32(nextBits());
    const entry = load<u32>(HEADERS + (usize(buffer & ((1 << HEADER_BITS) - 1)) << 2));
    if (entry & SPECIAL) return available < HEADER_BITS ? STARVED : WRONG_LENGTHS_SET;
    const codeBits = entry & 15;
    const value = entry >>> 16;
    const extraBits: u32 = value < REPEAT ? 0 : value == REPEAT ? 2 : value == ZEROS ? 3 : 7;
    if (codeBits + extraBits > available) return STARVED;
    skipBits(codeBits + extraBits);
    if (value < REPEAT) {
      store<u8>(LENGTHS + symbol, u8(value));
      symbol += 1;
      continue;
    }
    if (value == REPEAT && symbol == 0) return WRONG_REPEAT;
    const extra = (buffer >>> codeBits) & ((1 << extraBits) - 1);
    const times = extra + (extraBits == 7 ? 11 : 3);
    if (symbol + times > symbols) return WRONG_REPEAT;
    const length: u8 = value == REPEAT ? load<u8>(LENGTHS + symbol - 1) : 0;
    memory.fill(LENGTHS + symbol, length, times);
    symbol += times;
  }
  return READ;
}

/** Section 3.2.6. */
export function useFixedCodes(): void {
  for (let symbol: u32 = 0; symbol < 288; symbol++) {
    const length: u8 = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
    store<u8>(LENGTHS + symbol, length);
  }
  memory.fill(LENGTHS + 288, 5, 32);
  makeTable(OF_LITERALS, LENGTHS, 288);
  makeTable(OF_DISTANCES, LENGTHS + 288, 32);
}
