/** The head of a dynamic block: both codes' lengths, run-length encoded (RFC 1951, section 3.2.7). */
import { putBits } from "./bits";
import { makeCodes } from "./codes";
import { makeLengths } from "./lengths";
import {
  DISTANCE_LENGTHS,
  HEADER_CODES,
  HEADER_COUNTS,
  HEADER_LENGTHS,
  HEADER_ITEMS,
  LITERAL_LENGTHS,
} from "./memory";

const ALPHABET: u32 = 19;
const LONGEST_CODE: u32 = 7;
/** The order in which lengths of this alphabet itself are given. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let literals: u32 = 0;
let distances: u32 = 0;
let given: u32 = 0;
let items: u32 = 0;

/** Makes the header; returns how many bits it takes, with the three that each block begins with. */
export function prepareHeader(): u32 {
  literals = usedOf(LITERAL_LENGTHS, 286, 257);
  distances = usedOf(DISTANCE_LENGTHS, 30, 1);
  memory.fill(HEADER_COUNTS, 0, ALPHABET << 2);
  items = 0;
  let extraBits: u32 = 0;
  const total = literals + distances;
  for (let i: u32 = 0; i < total;) {
    const length = lengthAt(i);
    let run: u32 = 1;
    while (i + run < total && lengthAt(i + run) == length) run++;
    i += run;
    if (length == 0) {
      while (run >= 3) {
        const part = min(run, 138);
        const long = part > 10;
        add(long ? 18 : 17, part - (long ? 11 : 3));
        extraBits += long ? 7 : 3;
        run -= part;
      }
    } else {
      add(length, 0);
      run--;
      while (run >= 3) {
        const part = min(run, 6);
        add(16, part - 3);
        extraBits += 2;
        run -= part;
      }
    }
    for (; run > 0; run--) add(length, 0);
  }
  makeLengths(HEADER_COUNTS, ALPHABET, LONGEST_CODE, HEADER_LENGTHS);
  given = ALPHABET;
  while (given > 4 && load<u8>(HEADER_LENGTHS + load<u8>(ORDER + given - 1)) == 0) given--;
  let bits = 3 + 5 + 5 + 4 + 3 * given + extraBits;
  for (let symbol: u32 = 0; symbol < ALPHABET; symbol++) {
    bits += load<u32>(HEADER_COUNTS + (symbol << 2)) * load<u8>(HEADER_LENGTHS + symbol);
  }
  return bits;
}

export function writeHeader(isLast: bool): void {
  makeCodes(HEADER_LENGTHS, ALPHABET, HEADER_CODES);
  putBits(u64(isLast) | (2 << 1), 3);
  putBits(u64(literals - 257) | (u64(distances - 1) << 5) | (u64(given - 4) << 10), 14);
  for (let i: u32 = 0; i < given; i++) putBits(load<u8>(HEADER_LENGTHS + load<u8>(ORDER + i)), 3);
  for (let i: u32 = 0; i < items; i++) {
    const item: u32 = load<u16>(HEADER_ITEMS + (i << 1));
    const symbol = item & 31;
    const code = load<u32>(HEADER_CODES + (symbol << 2));
    const length = code >>> 24;
    const extraBits: u32 = symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
    putBits((code & 0xffff) | ((item >>> 5) << length), length + extraBits);
  }
}

function usedOf(lengths: usize, most: u32, least: u32): u32 {
  let used = most;
  while (used > least && load<u8>(lengths + used - 1) == 0) used--;
  return used;
}

function lengthAt(i: u32): u32 {
  return i < literals ? load<u8>(LITERAL_LENGTHS + i) : load<u8>(DISTANCE_LENGTHS + i - literals);
}

function add(symbol: u32, extra: u32): void {
  store<u16>(HEADER_ITEMS + (items << 1), u16(symbol | (extra << 5)));
  items++;
  const count = HEADER_COUNTS + (symbol << 2);
  store<u32>(count, load<u32>(count) + 1);
}
