/** How far two places agree. */
import { MAX_MATCH } from "./words";

// @ts-ignore: decorator
@inline
export function commonBytes(a: usize, b: usize): u32 {
  const difference = load<u64>(a) ^ load<u64>(b);
  if (difference != 0) return u32(ctz(difference) >> 3);
  let length: u32 = 8;
  do {
    const equal = i8x16.bitmask(i8x16.eq(v128.load(a + length), v128.load(b + length)));
    if (equal != 0xffff) return length + ctz(~equal);
    length += 16;
  } while (length < MAX_MATCH);
  return length;
}
