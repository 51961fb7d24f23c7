import { DEPTHS, SORTED, SORT_BUCKETS } from "./memory";

/** Rarest first; of equals, in the order of their symbols. Counts have two bytes. */
export function sortByCount(used: u32): void {
  sortByByte(SORTED, DEPTHS, used, 9);
  sortByByte(DEPTHS, SORTED, used, 17);
}

function sortByByte(from: usize, to: usize, used: u32, shift: u32): void {
  memory.fill(SORT_BUCKETS, 0, 256 * 4);
  for (let i: u32 = 0; i < used; i++) {
    const bucket = bucketOf(load<u32>(from + (i << 2)), shift);
    store<u32>(bucket, load<u32>(bucket) + 1);
  }
  let before: u32 = 0;
  for (let bucket: usize = SORT_BUCKETS; bucket < SORT_BUCKETS + 256 * 4; bucket += 4) {
    const here = load<u32>(bucket);
    store<u32>(bucket, before);
    before += here;
  }
  for (let i: u32 = 0; i < used; i++) {
    const item = load<u32>(from + (i << 2));
    const bucket = bucketOf(item, shift);
    const index = load<u32>(bucket);
    store<u32>(bucket, index + 1);
    store<u32>(to + (index << 2), item);
  }
}

function bucketOf(item: u32, shift: u32): usize {
  return SORT_BUCKETS + (((item >>> shift) & 255) << 2);
}
