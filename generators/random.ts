/**
 * A small seeded generator of 32-bit numbers: sfc32 (Chris Doty-Humphrey, PractRand), started from
 * a hash of two numbers so that neighbouring indexes have nothing in common. Integer arithmetic
 * only, so every runtime gives the same numbers.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** @param seed and @param index whole numbers from 0 to 2⁵³ − 1 */
  constructor(seed: number, index: number) {
    const low = mix(seed ^ 0x9e37_79b9);
    const high = mix(low ^ Math.floor(seed / 0x1_0000_0000));
    this.a = mix(high ^ index);
    this.b = mix(this.a ^ Math.floor(index / 0x1_0000_0000) ^ 0x85eb_ca6b);
    this.c = mix(this.b ^ low);
    for (let round = 0; round < 8; round++) this.next();
  }

  /** A whole number from 0 to 2³² − 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `bound` − 1; `bound` up to 2³². */
  below(bound: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * bound);
  }

  /** A whole number from `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number {
    return lowest + this.below(highest - lowest + 1);
  }

  /** True in `percent` of a hundred calls. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** The finaliser of MurmurHash3 (Austin Appleby): every input bit reaches every output bit. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
