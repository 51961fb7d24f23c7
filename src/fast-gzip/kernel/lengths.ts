/** From counts to the lengths of a prefix code: the shortest that there is within a limit. */
import { DEPTHS, SORTED } from "./memory";
import { minimumRedundancy } from "./minimum-redundancy";
import { packageMerge } from "./package-merge";
import { sortByCount } from "./sort";

/**
 * Writes a length for each symbol, 0 for those that do not occur. At least two symbols get one,
 * because some inflaters refuse a code of fewer.
 *
 * @param counts 32 bits for each symbol, none over 65,535
 * @param lengths a byte for each symbol
 */
export function makeLengths(counts: usize, symbols: u32, limit: u32, lengths: usize): void {
  memory.fill(lengths, 0, symbols);
  const used = gather(counts, symbols);
  if (used < 2) {
    const only: u32 = used == 0 ? 0 : load<u32>(SORTED) & 511;
    store<u8>(lengths + only, 1);
    store<u8>(lengths + (only == 0 ? 1 : 0), 1);
    return;
  }
  sortByCount(used);
  minimumRedundancy(used);
  if (load<u32>(DEPTHS) > limit) packageMerge(used, limit);
  for (let i: u32 = 0; i < used; i++) {
    const symbol = load<u32>(SORTED + (i << 2)) & 511;
    store<u8>(lengths + symbol, load<u8>(DEPTHS + (i << 2)));
  }
}

/** Symbols that occur: each one in 9 bits, its count above. */
function gather(counts: usize, symbols: u32): u32 {
  let used: u32 = 0;
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = load<u32>(counts + (symbol << 2));
    if (count == 0) continue;
    store<u32>(SORTED + (used << 2), (count << 9) | symbol);
    used++;
  }
  return used;
}
