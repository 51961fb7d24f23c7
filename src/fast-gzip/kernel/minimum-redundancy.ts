import { DEPTHS, SORTED } from "./memory";

/**
 * Huffman's depths for sorted counts, in their own place. A. Moffat and J. Katajainen, "In-place
 * calculation of minimum-redundancy codes", 1995.
 */
export function minimumRedundancy(leaves: i32): void {
  for (let i = 0; i < leaves; i++) put(i, load<u32>(SORTED + (i << 2)) >>> 9);
  joinTwoRarest(leaves);
  depthsOfInnerNodes(leaves);
  depthsOfLeaves(leaves);
}

function at(i: i32): u32 {
  return load<u32>(DEPTHS + (i << 2));
}

function put(i: i32, value: u32): void {
  store<u32>(DEPTHS + (i << 2), value);
}

/** Leaves the index of its parent in the place of each inner node. */
function joinTwoRarest(leaves: i32): void {
  let node = 0;
  let leaf = 0;
  for (let parent = 0; parent < leaves - 1; parent++) {
    let weight: u32 = 0;
    for (let child = 0; child < 2; child++) {
      if (leaf >= leaves || (node < parent && at(node) < at(leaf))) {
        weight += at(node);
        put(node++, parent);
      } else weight += at(leaf++);
    }
    put(parent, weight);
  }
}

function depthsOfInnerNodes(leaves: i32): void {
  put(leaves - 2, 0);
  for (let node = leaves - 3; node >= 0; node--) put(node, at(at(node)) + 1);
}

/** At each depth, places that are no inner nodes are leaves. */
function depthsOfLeaves(leaves: i32): void {
  let node = leaves - 2;
  let leaf = leaves - 1;
  let places = 1;
  for (let depth: u32 = 0; places > 0; depth++) {
    let inner = 0;
    for (; node >= 0 && at(node) == depth; node--) inner++;
    for (; places > inner; places--) put(leaf--, depth);
    places = 2 * inner;
  }
}
