/**
 * The table of where bytes stood before. `T` is a bucket: 16 bits for each place in it, the newest
 * lowest, so u16, u32 and u64 are buckets of one, two and four places in a table of one size.
 */
import { TABLE, TABLE_BITS } from "./memory";
import { MAX_MATCH } from "./words";

/** What a candidate is compared by: 32 bytes, so 32 may mean more. */
export const COMPARED: u32 = 32;

export class Buckets {
  /** Hashed from six bytes: four find too many matches that cost as much as their literals. */
  @inline
  static slotOf<T>(place: usize): usize {
    const log: u32 = sizeof<T>() == 2 ? 0 : sizeof<T>() == 4 ? 1 : 2;
    const hash = ((load<u64>(place) << 16) * 0x9e3779b97f4a7c15) >> (64 - (TABLE_BITS - log));
    return TABLE + (usize(hash) << (log + 1));
  }

  @inline
  static insert<T>(place: usize): void {
    const slot = Buckets.slotOf<T>(place);
    if (sizeof<T>() == 2) store<u16>(slot, u16(place));
    else if (sizeof<T>() == 4) store<u32>(slot, (load<u32>(slot) << 16) | u32(place & 0xffff));
    else store<u64>(slot, (load<u64>(slot) << 16) | u64(place & 0xffff));
  }

  /** The best score of all candidates for `place`, which is put into its bucket. */
  @inline
  static find<T>(place: usize, bonus: u32): u32 {
    const slot = Buckets.slotOf<T>(place);
    const before = u32(place) - 1;
    if (sizeof<T>() == 2) {
      const entry = u32(load<u16>(slot));
      store<u16>(slot, u16(place));
      return Buckets.score(place, (before - entry) & 0xffff, bonus);
    }
    if (sizeof<T>() == 4) {
      const entry = load<u32>(slot);
      store<u32>(slot, (entry << 16) | u32(place & 0xffff));
      const newer = Buckets.score(place, (before - entry) & 0xffff, bonus);
      const older = Buckets.score(place, (before - (entry >>> 16)) & 0xffff, bonus);
      return max(newer, older);
    }
    const entry = load<u64>(slot);
    store<u64>(slot, (entry << 16) | u64(place & 0xffff));
    const first = Buckets.score(place, (before - u32(entry)) & 0xffff, bonus);
    const second = Buckets.score(place, (before - u32(entry >> 16)) & 0xffff, bonus);
    const third = Buckets.score(place, (before - u32(entry >> 32)) & 0xffff, bonus);
    const fourth = Buckets.score(place, (before - u32(entry >> 48)) & 0xffff, bonus);
    return max(max(first, second), max(third, fourth));
  }

  /**
   * A match as one number, so that the largest is the best: from bit 19 on the bytes that agree (up
   * to 32, and none where it is further away than the window), then `bonus`, 3 bits, then nearness.
   *
   * @param back distance − 1, from 0 to 65,535
   */
  @inline
  static score(place: usize, back: u32, bonus: u32): u32 {
    const candidate = place - 1 - back;
    const insideWindow = u32(i32(back - 32768) >> 31);
    const equal = i8x16.bitmask(i8x16.eq(v128.load(place), v128.load(candidate)));
    const more = i8x16.bitmask(i8x16.eq(v128.load(place, 16), v128.load(candidate, 16)));
    const length = ctz(~((equal | (more << 16)) & insideWindow));
    return (length << 19) | ((bonus << 16) + (0xffff - back));
  }

  @inline
  static lengthOf(score: u32): u32 {
    return score >>> 19;
  }
  @inline
  static bonusOf(score: u32): u32 {
    return (score >>> 16) & 7;
  }
  @inline
  static distanceOf(score: u32): u32 {
    return 0x10000 - (score & 0xffff);
  }

  /** How far two places agree that agree in the first 32 bytes. May say more than 258. */
  @inline
  static commonBytes(a: usize, b: usize): u32 {
    let length: u32 = COMPARED;
    do {
      const equal = i8x16.bitmask(i8x16.eq(v128.load(a + length), v128.load(b + length)));
      if (equal != 0xffff) return length + ctz(~equal);
      length += 16;
    } while (length < MAX_MATCH);
    return length;
  }
}
