/** Larger than a second-level cache, so that the reference workload feels a neighbour who fills it. */
const WORDS = new Int32Array(1 << 20);
let folded = 0;

/**
 * A kernel that no codec can touch: it passes over memory, reckons, and makes strings and objects.
 * If it runs at another speed in one variant's process, the machine was not the same for both.
 */
export function runReferenceWorkload(times: number): void {
  for (let time = 0; time < times; time++) {
    for (let index = 0; index < WORDS.length; index += 4) {
      folded = (Math.imul(folded, 31) + (WORDS[index] as number)) | 0;
      WORDS[index] = folded;
    }
    const names: { key: string; size: number }[] = [];
    for (let count = 0; count < 2000; count++) names.push({ key: `k${count}`, size: count });
    folded += JSON.stringify(names).length;
  }
}
