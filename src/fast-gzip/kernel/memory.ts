/**
 * Where everything stands in the kernel's memory. All of it is fixed, so that addresses are
 * constants of the code and nothing is ever allocated.
 */

/** References reach back no further (RFC 1951, section 2). */
export const WINDOW_BYTES: usize = 1 << 15;

/** Symbols of a block: more cost bytes because statistics change, fewer because of their headers. */
export const BLOCK_WORDS: usize = 1 << 15;

/** Counts of the 256 literals and the 256 match lengths, then of the distance symbols. */
export const LITERAL_COUNTS: usize = 1024;
export const DISTANCE_COUNTS: usize = LITERAL_COUNTS + 512 * 4;
/** Counts of the literal/length alphabet (286), where match lengths are joined to symbols. */
export const ALPHABET_COUNTS: usize = DISTANCE_COUNTS + 32 * 4;
/** A byte for each symbol of the literal/length alphabet, then of the distances. */
export const LITERAL_LENGTHS: usize = ALPHABET_COUNTS + 288 * 4;
export const DISTANCE_LENGTHS: usize = LITERAL_LENGTHS + 288;
/** Lengths of both alphabets, run-length encoded for the header. */
export const HEADER_SYMBOLS: usize = DISTANCE_LENGTHS + 32;
export const HEADER_COUNTS: usize = HEADER_SYMBOLS + 320 * 2;
export const HEADER_LENGTHS: usize = HEADER_COUNTS + 20 * 4;
export const HEADER_CODES: usize = HEADER_LENGTHS + 20;
/** For each of the 512 values in a word: code and extra bits of the length, and how many bits. */
export const WORD_CODES: usize = HEADER_CODES + 20 * 4;
/** For each distance symbol: code, its bits, and its bits with the extra ones. */
export const DISTANCE_CODES: usize = WORD_CODES + 512 * 4;
/** Room for the making of codes. */
export const SORTED: usize = DISTANCE_CODES + 32 * 4;
export const SORTED_OTHER: usize = SORTED + 288 * 4;
export const SORT_BUCKETS: usize = SORTED_OTHER + 288 * 4;
export const PACKAGES: usize = SORT_BUCKETS + 256 * 4;
/** Three rows of the package-merge tree's weights, and a bit for each node at each level. */
export const PACKAGES_BYTES: usize = 576 * 4 * 2 + 16 * 576;

export const FAST_TABLE: usize = 1 << 16;
export const TABLE_BYTES: usize = 1 << 17;
export const OTHER_TABLE: usize = FAST_TABLE + TABLE_BYTES;

export const WORDS: usize = OTHER_TABLE + TABLE_BYTES;
export const WORDS_END: usize = WORDS + BLOCK_WORDS * 4;

/**
 * Where a member's first byte stands: the low 16 bits of an address are its position in the tables,
 * and these make an empty entry (0) further away than the window until a window has gone by.
 */
export const INPUT: usize = (((WORDS_END + 0xffff) >> 16) << 16) + (1 << 16) + WINDOW_BYTES + 1;
/** What is taken at once; a caller's buffer is gone through in such steps. */
export const STEP_BYTES: usize = 1 << 20;
/** A slide moves by whole 64 KiB, so up to that much stands before a step. */
export const INPUT_END: usize = INPUT + (1 << 16) + STEP_BYTES;
/** Reads beyond the last byte stay inside of these. */
export const PADDING_BYTES: usize = 320;

export const OUTPUT: usize = ((INPUT_END + PADDING_BYTES + 0xffff) >> 16) << 16;
/** Stored blocks take five bytes more for each 65,535, and a block of few words may be one of them. */
export const OUTPUT_BYTES: usize = STEP_BYTES + (1 << 16);
export const MEMORY_END: usize = OUTPUT + OUTPUT_BYTES;
