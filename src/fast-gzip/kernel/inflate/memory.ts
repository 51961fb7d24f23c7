/** Where everything stands in the inflating kernel's memory. All of it is fixed: nothing is ever allocated. */

/** References reach back no further (RFC 1951, section 2). */
export const WINDOW_BYTES: usize = 1 << 15;

/**
 * Tables by which codes are read. The first 2ⁿ entries are of the next n bits; codes that are longer have tables of
 * their own behind them. How many entries that can be at most is what zlib's `enough` says for so many symbols.
 */
export const LITERAL_BITS: u32 = 11;
export const LITERALS: usize = 1024;
const LITERAL_ENTRIES: usize = 2342;
export const DISTANCE_BITS: u32 = 8;
export const DISTANCES: usize = LITERALS + LITERAL_ENTRIES * 4;
const DISTANCE_ENTRIES: usize = 402;
export const HEADER_BITS: u32 = 7;
export const HEADERS: usize = DISTANCES + DISTANCE_ENTRIES * 4;

/** Bits of each symbol's code, a byte for each: of literals and lengths, and of distances behind them. */
export const LENGTHS: usize = HEADERS + 128 * 4;
/** The same of the code that those are written in. */
export const HEADER_LENGTHS: usize = LENGTHS + 512;
/** For each number of bits: how many codes, and where their symbols stand among those in order. */
export const COUNTS: usize = HEADER_LENGTHS + 32;
export const PLACES: usize = COUNTS + 16 * 4;
export const SORTED: usize = PLACES + 16 * 4;

/** What was given last stands before what is given next. */
export const OUTPUT: usize = (1 << 16) + WINDOW_BYTES;
const OUTPUT_BYTES: usize = 1 << 18;
/** Copies may go on so far behind their end. */
const SPARE_BYTES: usize = 64;
/** No symbol begins behind this: three literals and the longest match fit before the end. */
export const OUTPUT_LIMIT: usize = OUTPUT + OUTPUT_BYTES - 3 - 258;

/** Input that was too short for one more symbol, or a header, stands before what comes next. */
const CARRY_BYTES: usize = 1 << 10;
export const INPUT: usize = OUTPUT + OUTPUT_BYTES + SPARE_BYTES + CARRY_BYTES;
export const INPUT_BYTES: usize = 1 << 16;
/** Reading goes on so far behind the end. */
export const END: usize = INPUT + INPUT_BYTES + 64;
