/** Where reading and writing stand between two calls. Fewer than eight bits wait in `bits`. */
import { INPUT, OUTPUT } from "./memory";

export let bits: u64 = 0;
export let bitCount: u32 = 0;
export let input: usize = INPUT;
export let inputEnd: usize = INPUT;
export let output: usize = OUTPUT;
/** Where what references may reach begins. */
export let windowStart: usize = OUTPUT;

export function setInput(from: usize, end: usize): void {
  input = from;
  inputEnd = end;
}

export function setBits(buffer: u64, count: u32): void {
  bits = buffer;
  bitCount = count;
}

export function setOutput(to: usize, start: usize): void {
  output = to;
  windowStart = start;
}

/** The next bits, at least 48 of them where there is so much input; what is behind its end is anything. */
export function nextBits(): u64 {
  return bits | (load<u64>(input) << u64(bitCount));
}

/** How many bits of the input are left, up to 71. */
export function bitsLeft(): u32 {
  return u32(min<usize>((inputEnd - input) << 3, 64)) + bitCount;
}

/** Goes on behind bits that are there. */
export function skipBits(count: u32): void {
  if (count <= bitCount) {
    bits >>= u64(count);
    bitCount -= count;
    return;
  }
  // From here on in whole bytes.
  const ahead = count - bitCount;
  input += ahead >>> 3;
  const within = ahead & 7;
  bits = 0;
  bitCount = 0;
  if (within > 0) {
    bits = u64(load<u8>(input)) >> u64(within);
    bitCount = 8 - within;
    input += 1;
  }
}
