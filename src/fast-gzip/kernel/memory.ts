/**
 * Where everything stands in the kernel's memory. All of it is fixed, so that addresses are
 * constants of the code and nothing is ever allocated. What comes first is for the making of codes
 * and ends before the compiler's own data, which begins at 32 KiB (`asconfig.json`).
 */

/** References reach back no further (RFC 1951, section 2). */
export const WINDOW_BYTES: usize = 1 << 15;

/** Counts of the 256 literals and the 256 match lengths, then of the distance symbols. */
export const VALUE_COUNTS: usize = 1024;
export const DISTANCE_COUNTS: usize = VALUE_COUNTS + 512 * 4;
export const COUNTS_BYTES: usize = (512 + 32) * 4;
/** Counts of the literal/length alphabet, where match lengths are joined to symbols. */
export const LITERAL_COUNTS: usize = VALUE_COUNTS + COUNTS_BYTES;
/** Bits of each symbol's code, a byte for each. */
export const LITERAL_LENGTHS: usize = LITERAL_COUNTS + 288 * 4;
export const DISTANCE_LENGTHS: usize = LITERAL_LENGTHS + 288;
/** The same for the header: what it says, the counts of it, its own code. */
export const HEADER_ITEMS: usize = DISTANCE_LENGTHS + 32;
export const HEADER_COUNTS: usize = HEADER_ITEMS + 320 * 2;
export const HEADER_LENGTHS: usize = HEADER_COUNTS + 20 * 4;
export const HEADER_CODES: usize = HEADER_LENGTHS + 20;
export const LITERAL_CODES: usize = HEADER_CODES + 20 * 4;
/** For each of the 512 values of a word: the code and the length's extra bits. */
export const VALUE_CODES: usize = LITERAL_CODES + 288 * 4;
export const DISTANCE_CODES: usize = VALUE_CODES + 512 * 4;
/** How many codes of each length there are. */
export const FIRST_CODES: usize = DISTANCE_CODES + 32 * 4;
/** Symbols with their counts, and beside them what is computed from them. */
export const SORTED: usize = FIRST_CODES + 16 * 4;
export const DEPTHS: usize = SORTED + 288 * 4;
export const SORT_BUCKETS: usize = DEPTHS + 288 * 4;
/** Two levels of package-merge, and for each level a byte for each item. */
export const MERGED: usize = SORT_BUCKETS + 256 * 4;
export const MERGED_ITEMS: usize = 2 * 288;
export const MERGED_FLAGS: usize = MERGED + MERGED_ITEMS * 4 * 2;

/** Where four to six bytes stood before: 2¹⁵ places, in buckets of one, two or four. */
export const TABLE: usize = 1 << 16;
export const TABLE_BITS: u32 = 15;
export const TABLE_BYTES: usize = 1 << 16;

/** Words of a block: with more of them statistics change, with fewer the headers cost. */
export const WORDS: usize = TABLE + TABLE_BYTES;
export const WORDS_END: usize = WORDS + (1 << 15) * 4;

/**
 * Where a member's first byte stands. The table has the low 16 bits of addresses; with these ones
 * an empty entry, 0, is further away than the window until more than a window has gone by.
 */
export const INPUT: usize = WORDS_END + (1 << 16) + WINDOW_BYTES + 1;
/** What is taken at once. Input slides by whole 64 KiB, so up to that much stands before a step. */
export const STEP_BYTES: usize = 1 << 20;
const INPUT_END: usize = INPUT + (1 << 16) + STEP_BYTES;
/** Comparing may read this far beyond the last byte, and finds zeros there. */
export const PADDING_BYTES: usize = 320;

/** What is before it is free for the caller's header, what is behind it for the trailer. */
export const OUTPUT: usize = ((INPUT_END + PADDING_BYTES) | 0xffff) + 1 + 64;
/** A block never takes more than stored, which is five bytes for each 65,535 and for each block. */
export const OUTPUT_BYTES: usize = STEP_BYTES + (1 << 14);
