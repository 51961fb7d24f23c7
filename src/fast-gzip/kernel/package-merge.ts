import { DEPTHS, MERGED, MERGED_FLAGS, MERGED_ITEMS, SORTED } from "./memory";

/**
 * The best depths of a code within a limit, for those that Huffman's exceed. L. Larmore and D.
 * Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990, in its plain form: at
 * each level the leaves are merged with the pairs of the level below.
 */
export function packageMerge(leaves: u32, limit: u32): void {
  let below: usize = MERGED;
  let here: usize = MERGED + MERGED_ITEMS * 4;
  let items: u32 = 0;
  for (let level: u32 = 0; level < limit; level++) {
    items = merge(below, items >>> 1, here, leaves, flagsOf(level));
    const other = below;
    below = here;
    here = other;
  }
  memory.fill(DEPTHS, 0, leaves << 2);
  let taken: u32 = 2 * leaves - 2;
  for (let level = limit; level > 0; level--) {
    let takenLeaves: u32 = 0;
    for (let i: u32 = 0; i < taken; i++) takenLeaves += load<u8>(flagsOf(level - 1) + i);
    for (let i: u32 = 0; i < takenLeaves; i++) {
      const depth = DEPTHS + (i << 2);
      store<u32>(depth, load<u32>(depth) + 1);
    }
    taken = (taken - takenLeaves) << 1;
  }
}

function flagsOf(level: u32): usize {
  return MERGED_FLAGS + usize(level) * MERGED_ITEMS;
}

/** Returns how many items there are at this level. */
function merge(below: usize, pairs: u32, here: usize, leaves: u32, flags: usize): u32 {
  let leaf: u32 = 0;
  let pair: u32 = 0;
  while (leaf < leaves || pair < pairs) {
    const item = leaf + pair;
    const leafWeight: u32 = leaf < leaves ? load<u32>(SORTED + (leaf << 2)) >>> 9 : u32.MAX_VALUE;
    const lower = below + (pair << 3);
    const pairWeight: u32 = pair < pairs ? load<u32>(lower) + load<u32>(lower, 4) : u32.MAX_VALUE;
    const isLeaf = leafWeight <= pairWeight;
    store<u32>(here + (item << 2), min(leafWeight, pairWeight));
    store<u8>(flags + item, u8(isLeaf));
    if (isLeaf) leaf++;
    else pair++;
  }
  return leaf + pair;
}
