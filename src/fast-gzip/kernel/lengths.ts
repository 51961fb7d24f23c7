/** From counts to the lengths of a prefix code that is the shortest there is within a limit. */
import { PACKAGES, SORTED, SORTED_OTHER, SORT_BUCKETS } from "./memory";

/** Weights of the items of a level, and beside them those of the next. */
const ITEMS: usize = 576;
const FLAGS: usize = PACKAGES + ITEMS * 4 * 2;

/**
 * Writes a length for each symbol, 0 for those that do not occur. At least two symbols get one,
 * because some inflaters refuse a code of fewer.
 *
 * @param counts 32 bits for each symbol, none over 65,535
 * @param lengths a byte for each symbol
 */
export function makeLengths(counts: usize, symbols: u32, limit: u32, lengths: usize): void {
  memory.fill(lengths, 0, symbols);
  let used: u32 = 0;
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = load<u32>(counts + (symbol << 2));
    if (count == 0) continue;
    store<u32>(SORTED + (used << 2), (count << 9) | symbol);
    used++;
  }
  if (used < 2) {
    const only = used == 0 ? 0 : load<u32>(SORTED) & 511;
    store<u8>(lengths + only, 1);
    store<u8>(lengths + (only == 0 ? 1 : 0), 1);
    return;
  }
  sortByCount(used);
  minimumRedundancy(used);
  if (load<u32>(SORTED_OTHER) > limit) packageMerge(used, limit);
  for (let i: u32 = 0; i < used; i++) {
    const symbol = load<u32>(SORTED + (i << 2)) & 511;
    store<u8>(lengths + symbol, u8(load<u32>(SORTED_OTHER + (i << 2))));
  }
}

/** Rarest first; equals stay in the order of their symbols. */
function sortByCount(used: u32): void {
  sortByByte(SORTED, SORTED_OTHER, used, 9);
  sortByByte(SORTED_OTHER, SORTED, used, 17);
}

function sortByByte(from: usize, to: usize, used: u32, shift: u32): void {
  memory.fill(SORT_BUCKETS, 0, 256 * 4);
  for (let i: u32 = 0; i < used; i++) {
    const bucket = SORT_BUCKETS + (((load<u32>(from + (i << 2)) >>> shift) & 255) << 2);
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
    const bucket = SORT_BUCKETS + (((item >>> shift) & 255) << 2);
    const index = load<u32>(bucket);
    store<u32>(bucket, index + 1);
    store<u32>(to + (index << 2), item);
  }
}

// @ts-ignore: decorator
@inline
function at(i: i32): u32 {
  return load<u32>(SORTED_OTHER + (usize(i) << 2));
}
// @ts-ignore: decorator
@inline
function put(i: i32, value: u32): void {
  store<u32>(SORTED_OTHER + (usize(i) << 2), value);
}

/**
 * Huffman's lengths, for sorted counts, in their own place. A. Moffat and J. Katajainen, "In-place
 * calculation of minimum-redundancy codes", 1995.
 */
function minimumRedundancy(used: u32): void {
  const n = i32(used);
  for (let i = 0; i < n; i++) put(i, load<u32>(SORTED + (usize(i) << 2)) >>> 9);
  // Weights of inner nodes, and then for each of them where its parent is.
  put(0, at(0) + at(1));
  let root = 0;
  let leaf = 2;
  for (let next = 1; next < n - 1; next++) {
    if (leaf >= n || at(root) < at(leaf)) {
      put(next, at(root));
      put(root++, next);
    } else put(next, at(leaf++));
    if (leaf >= n || (root < next && at(root) < at(leaf))) {
      put(next, at(next) + at(root));
      put(root++, next);
    } else put(next, at(next) + at(leaf++));
  }
  // Depths of inner nodes.
  put(n - 2, 0);
  for (let next = n - 3; next >= 0; next--) put(next, at(i32(at(next))) + 1);
  // Depths of leaves.
  let open = 1;
  let depth: u32 = 0;
  let next = n - 1;
  root = n - 2;
  while (open > 0) {
    let inner = 0;
    while (root >= 0 && at(root) == depth) {
      inner++;
      root--;
    }
    while (open > inner) {
      put(next--, depth);
      open--;
    }
    open = 2 * inner;
    depth++;
  }
}

/**
 * The best lengths within a limit, which Huffman's exceed. L. Larmore and D. Hirschberg, "A fast
 * algorithm for optimal length-limited Huffman codes", 1990, in its plain form: at each level the
 * leaves are merged with the pairs of the level below.
 */
function packageMerge(used: u32, limit: u32): void {
  let items: usize = PACKAGES;
  let others: usize = PACKAGES + ITEMS * 4;
  let length: u32 = 0;
  for (let level: u32 = 0; level < limit; level++) {
    const flags = FLAGS + usize(level) * ITEMS;
    const pairs = length >> 1;
    let leaf: u32 = 0;
    let pair: u32 = 0;
    while (leaf < used || pair < pairs) {
      const place = leaf + pair;
      const leafWeight = leaf < used ? load<u32>(SORTED + (leaf << 2)) >>> 9 : 0xffffffff;
      const pairAt = items + (pair << 3);
      const pairWeight =
        pair < pairs ? load<u32>(pairAt) + load<u32>(pairAt, 4) : 0xffffffff;
      const isLeaf = leaf < used && leafWeight <= pairWeight;
      store<u32>(others + (place << 2), isLeaf ? leafWeight : pairWeight);
      store<u8>(flags + place, u8(isLeaf));
      if (isLeaf) leaf++;
      else pair++;
    }
    length = leaf + pair;
    const swap = items;
    items = others;
    others = swap;
  }
  memory.fill(SORTED_OTHER, 0, used << 2);
  let taken: u32 = 2 * used - 2;
  for (let level = i32(limit) - 1; level >= 0; level--) {
    const flags = FLAGS + usize(level) * ITEMS;
    let leaves: u32 = 0;
    for (let i: u32 = 0; i < taken; i++) leaves += load<u8>(flags + i);
    for (let i: u32 = 0; i < leaves; i++) {
      const place = SORTED_OTHER + (i << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
    taken = (taken - leaves) << 1;
  }
}
