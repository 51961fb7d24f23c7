/**
 * A 64-bit hash of JSON's scalar values, the same in every runtime and on every machine.
 *
 * MurmurHash3 (Appleby, public domain) in two lanes of 32 bits: the first two of its x86 128-bit variant,
 * with that one's rotations and constants, over UTF-16 units instead of bytes. So a string needs not become
 * UTF-8 first, and nothing is allocated. Not for hostile keys: whoever knows it can make collisions.
 */

/** What can be hashed. 1 and "1" are different values, as are null and "null"; 0 and −0 are one. */
export type Scalar = string | number | boolean | null;

/** Where a hash is put: two signed 32-bit halves. One is reused for all values, as this is called for each. */
export interface Hash64 {
  high: number;
  low: number;
}

/** What sets apart values of different types whose bits are the same. */
const SEEDS = { string: 0x2f0b4c47, number: 0x51a3ed2b, boolean: 0x7e9c1d35, null: 0x1b873593 };

const FIRST = 0x239b961b;
const SECOND = 0xab0e9789 | 0;
const THIRD = 0x38b34ae5;

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
/** Which half of a double holds its sign: not every machine has the low one first. */
const [LOW_HALF, HIGH_HALF] =
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? [0, 1] : [1, 0];

/** Puts the hash of a value into `into`. */
export function hashInto(value: Scalar, into: Hash64): void {
  if (typeof value === "string") hashString(value, into);
  else if (typeof value === "number") hashNumber(value, into);
  else if (value === null) finish(SEEDS.null, SEEDS.null, 0, into);
  else finish(SEEDS.boolean, SEEDS.boolean, value ? 1 : 2, into);
}

/** The hash of one value, in 16 hexadecimal digits. */
export function hashText(value: Scalar): string {
  const into: Hash64 = { high: 0, low: 0 };
  hashInto(value, into);
  return [into.high, into.low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

function hashString(text: string, into: Hash64): void {
  const { length } = text;
  let a = SEEDS.string;
  let b = SEEDS.string;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    a = withFirst(a, b, text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16));
    b = withSecond(b, a, text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16));
  }
  if (at < length) {
    // The length tells what is missing here from what is zero.
    const left = length - at;
    const one = left > 1 ? text.charCodeAt(at + 1) << 16 : 0;
    a ^= mixFirst(text.charCodeAt(at) | one);
    if (left > 2) b ^= mixSecond(text.charCodeAt(at + 2));
  }
  finish(a, b, length, into);
}

/** Puts the hash of a string of ASCII into `into`: of such, a byte is a unit. */
export function hashAsciiInto(bytes: Uint8Array, from: number, to: number, into: Hash64): void {
  const byte = (at: number) => bytes[at] as number;
  let a = SEEDS.string;
  let b = SEEDS.string;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    a = withFirst(a, b, byte(at) | (byte(at + 1) << 16));
    b = withSecond(b, a, byte(at + 2) | (byte(at + 3) << 16));
  }
  if (at < to) {
    const left = to - at;
    a ^= mixFirst(byte(at) | (left > 1 ? byte(at + 1) << 16 : 0));
    if (left > 2) b ^= mixSecond(byte(at + 2));
  }
  finish(a, b, to - from, into);
}

function withFirst(a: number, b: number, block: number): number {
  const mixed = a ^ mixFirst(block);
  return (Math.imul(((mixed << 19) | (mixed >>> 13)) + b, 5) + 0x561ccd1b) | 0;
}

function withSecond(b: number, a: number, block: number): number {
  const mixed = b ^ mixSecond(block);
  return (Math.imul(((mixed << 17) | (mixed >>> 15)) + a, 5) + 0x0bcaa747) | 0;
}

function hashNumber(value: number, into: Hash64): void {
  // −0 + 0 is 0, as −0 is in JSON text. What NaN has in its mantissa is up to the runtime.
  double[0] = value + 0;
  const isNumber = value === value;
  const a = SEEDS.number ^ mixFirst(isNumber ? (halves[LOW_HALF] ?? 0) : 0);
  const b = SEEDS.number ^ mixSecond(isNumber ? (halves[HIGH_HALF] ?? 0) : 0x7ff80000);
  finish(a, b, 8, into);
}

function mixFirst(block: number): number {
  const mixed = Math.imul(block, FIRST);
  return Math.imul((mixed << 15) | (mixed >>> 17), SECOND);
}

function mixSecond(block: number): number {
  const mixed = Math.imul(block, SECOND);
  return Math.imul((mixed << 16) | (mixed >>> 16), THIRD);
}

function finish(first: number, second: number, length: number, into: Hash64): void {
  let a = first ^ length;
  let b = second ^ length;
  a = (a + b) | 0;
  b = (b + a) | 0;
  a = avalanche(a);
  b = avalanche(b);
  a = (a + b) | 0;
  into.high = a;
  into.low = (b + a) | 0;
}

/** MurmurHash3's finaliser of 32 bits: each bit of the input changes each bit of the output half of the times. */
function avalanche(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
