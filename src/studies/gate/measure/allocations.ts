import { getHeapStatistics } from "node:v8";
import { median } from "simple-statistics";

const WINDOWS = 7;
/** Few enough calls to fit between two collections of a young heap, for facts of up to a megabyte. */
const MAX_CALLS = 8;

/**
 * Bytes that one call leaves on the heap of V8: the median over windows of the growth of the heap
 * between two collections, each time for the same calls. A window in which a collection ran shrinks,
 * and does not count. `null` if collections ran in most of them.
 */
export function heapBytesPerCall(call: (index: number) => void, calls: number): number | null {
  const perWindow = Math.min(calls, MAX_CALLS);
  const growths: number[] = [];
  for (let window = 0; window < WINDOWS; window++) {
    const before = getHeapStatistics().used_heap_size;
    for (let index = 0; index < perWindow; index++) call(index);
    const growth = getHeapStatistics().used_heap_size - before;
    if (growth >= 0) growths.push(growth / perWindow);
  }
  return growths.length > WINDOWS / 2 ? median(growths) : null;
}
