/** Canonical prefix codes (RFC 1951, section 3.2.2), as the output wants them: highest bit first. */
import { FIRST_CODES } from "./memory";

/** Writes for each symbol its code, and its length from bit 24 on. */
export function makeCodes(lengths: usize, symbols: u32, codes: usize): void {
  memory.fill(FIRST_CODES, 0, 16 * 4);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const place = FIRST_CODES + (usize(load<u8>(lengths + symbol)) << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
  store<u32>(FIRST_CODES, 0);
  let first: u32 = 0;
  for (let length: usize = 1; length < 16; length++) {
    const place = FIRST_CODES + (length << 2);
    const here = load<u32>(place);
    store<u32>(place, first);
    first = (first + here) << 1;
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length: u32 = load<u8>(lengths + symbol);
    let entry: u32 = 0;
    if (length > 0) {
      const place = FIRST_CODES + (usize(length) << 2);
      const code = load<u32>(place);
      store<u32>(place, code + 1);
      entry = (reversed(code) >>> (16 - length)) | (length << 24);
    }
    store<u32>(codes + (symbol << 2), entry);
  }
}

/** 16 bits the other way round. */
function reversed(bits: u32): u32 {
  let x = bits;
  x = ((x & 0x5555) << 1) | ((x >>> 1) & 0x5555);
  x = ((x & 0x3333) << 2) | ((x >>> 2) & 0x3333);
  x = ((x & 0x0f0f) << 4) | ((x >>> 4) & 0x0f0f);
  return ((x & 0xff) << 8) | (x >>> 8);
}
