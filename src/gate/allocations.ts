import { getHeapStatistics } from "node:v8";
import { median } from "simple-statistics";

const WINDOWS = 9;

/**
 * Bytes that one call leaves on the heap of V8: the median over windows of the growth of the heap
 * between two collections. A window in which a collection ran shrinks, and does not count.
 * `null` if collections ran in most of them.
 */
export function heapBytesPerCall(call: (index: number) => void, calls: number): number | null {
  let perWindow = Math.min(calls, 64);
  for (; perWindow >= 1; perWindow = Math.floor(perWindow / 2)) {
    const growths: number[] = [];
    for (let window = 0; window < WINDOWS; window++) {
      const before = getHeapStatistics().used_heap_size;
      for (let index = 0; index < perWindow; index++) call(index);
      const growth = getHeapStatistics().used_heap_size - before;
      if (growth >= 0) growths.push(growth / perWindow);
    }
    if (growths.length > WINDOWS / 2) return median(growths);
  }
  return null;
}
