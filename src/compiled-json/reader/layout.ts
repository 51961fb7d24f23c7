/** What stands where in the memory that the parser, which is WebAssembly, shares with JavaScript. */

/** Longer facts are for `JSON.parse`. The tape needs four times as much. */
export const MAX_BYTES = 1 << 21;

/** 32 bytes of ones, then 32 of zeros: read from within, it masks the first bytes of a word. */
export const MASK = 64;
/** Powers of ten, from the zeroth on: as whole numbers, and as doubles. */
export const POWERS = 256;
export const DOUBLE_POWERS = POWERS + 8 * 16;
/** The number of the fact that is being read, or of the lines that are read at once. */
export const EPOCH = 1024;
/** How many of these lines are on the tape, and where the next one begins. */
export const LINES = 1028;
export const BEHIND = 1032;

/** Where containers wait that are not closed yet: 16 bytes for each. */
export const STACK = 2048;
export const STACK_END = STACK + 16 * 512;

/**
 * Keys that were seen, as a tree: a node is a key behind those of its parents, so that a node is
 * also the list of keys of an object that ends there.
 */
export const NODES = 16_384;
export const NODE_BYTES = 128;
export const MAX_NODES = 8192;
/** Fields of a node, all i32: the first key behind it, another key in its place, … */
export const CHILD = 0;
export const SIBLING = 4;
export const PARENT = 8;
/** … the node without keys for objects that are its value, … */
export const ROOT = 12;
/** … the bytes of `"key":`, … */
export const KEY_BYTES = 16;
/** … and how many keys there are up to it. */
export const KEYS = 20;
/** How rarely short strings under it are known: the more have not been, the higher, up to `MOST_MISSES` and `PASSED`. */
export const MISSES = 24;
/** The bytes themselves. */
export const KEY = 32;
export const MAX_KEY_BYTES = 48;

/** Short strings that were seen: three words of text, its length and one, and when it was last seen. */
export const STRINGS = NODES + NODE_BYTES * MAX_NODES;
export const STRING_BYTES = 32;
export const STRING_ENTRIES = 4096;
export const MAX_STRING_BYTES = 24;
/** One that is known counts as much as so many that are not. */
export const HIT = 16;
/** From here on strings are not looked for, because nearly none is known, but for one of so many: that may change. */
export const MOST_MISSES = 256;
export const PASSED = 64;
export const LENGTH = 24;
export const SEEN = 28;

export const INPUT = STRINGS + STRING_BYTES * STRING_ENTRIES;
/** Zeros behind the input, for reading sixteen bytes at a time. */
export const SLACK = 64;
export const TAPE = INPUT + MAX_BYTES + SLACK;
export const END = TAPE + 4 * MAX_BYTES + 64;

/**
 * The tape has eight bytes for each value: a double, or what no JSON number is, a NaN whose upper
 * half says what it is. Containers come before what is in them.
 */
export const Tag = {
  /** A number for JavaScript: where it stands. */
  text: 0xfff8_0000 | 0,
  /** A whole number, in the lower half. */
  integer: 0xfff9_0000 | 0,
  /** A string that was seen before: the number of its entry. */
  known: 0xfffa_0000 | 0,
  /** The node that is its list of keys; the values follow. */
  object: 0xfffb_0000 | 0,
  /** How many elements follow. */
  array: 0xfffc_0000 | 0,
  /** A string of ASCII: where it stands. */
  ascii: 0xfffd_0000 | 0,
  /** A string with escapes, or with bytes above 127: where it stands. */
  special: 0xfffe_0000 | 0,
  /** `null`, `false`, `true`; from `FIRST_NEW` on a string that becomes the one of its entry. */
  other: 0xffff_0000 | 0,
} as const;

export const FIRST_NEW = 3;
/** Where something stands: its offset in the input, and its length in the bits above. */
export const OFFSET_BITS = 22;

/** Where a text begins that a place of the tape speaks of, by the lower half of it. */
export function textFrom(lower: number): number {
  return INPUT + (lower & ((1 << OFFSET_BITS) - 1));
}

/** How long it is, by both halves. */
export function textLength(lower: number, upper: number): number {
  return (lower >>> OFFSET_BITS) | ((upper & 0xffff) << (32 - OFFSET_BITS));
}
