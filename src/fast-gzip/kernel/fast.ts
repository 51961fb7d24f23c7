import { FAST_TABLE, WORDS_END } from "./memory";
import { MAX_MATCH, putLiteral, putMatch } from "./words";
import { commonBytes } from "./match";

const HASH_BITS = 15;
// @ts-ignore: decorator
@inline
function slotOf(place: usize): usize {
  return FAST_TABLE + (((load<u32>(place) * 0x9e3779b1) >>> (32 - HASH_BITS)) << 1);
}
// @ts-ignore: decorator
@inline
function insert(place: usize): void {
  store<u16>(slotOf(place), u16(place));
}

export let nextPlace: usize = 0;
export function parseFast(from: usize, end: usize, words: usize): usize {
  let p = from;
  let w = words;
  const last = end - 8;
  while (w < WORDS_END && p <= last) {
    const slot = slotOf(p);
    const d = u32((p - load<u16>(slot)) & 0xffff);
    store<u16>(slot, u16(p));
    const c = p - d;
    if (((load<u32>(c) ^ load<u32>(p)) | ((d - 1) >>> 15)) != 0) {
      w = putLiteral(w, load<u8>(p));
      p += 1;
      continue;
    }
    let len = commonBytes(p, c);
    let dist = d;
    if (len == 4 && dist > 1024) {
      w = putLiteral(w, load<u8>(p));
      p += 1;
      continue;
    }
    while (len < 32) {
      const slot1 = slotOf(p + 1);
      const d1 = u32((p + 1 - load<u16>(slot1)) & 0xffff);
      store<u16>(slot1, u16(p + 1));
      const c1 = p + 1 - d1;
      if (((load<u32>(c1 + len - 3) ^ load<u32>(p + len - 2)) | ((d1 - 1) >>> 15)) != 0) break;
      const len1 = commonBytes(p + 1, c1);
      if (len1 <= len) break;
      w = putLiteral(w, load<u8>(p));
      p += 1;
      len = len1;
      dist = d1;
    }
    len = min(min(len, MAX_MATCH), u32(end - p));
    w = putMatch(w, len, u32(dist));
    insert(p + 2);
    p += len;
    insert(p - 2);
    insert(p - 1);
  }
  if (p > last) {
    while (w < WORDS_END && p < end) {
      w = putLiteral(w, load<u8>(p));
      p += 1;
    }
  }
  nextPlace = p;
  return w;
}
