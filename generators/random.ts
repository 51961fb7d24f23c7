/**
 * A small seeded generator of 32-bit numbers: xorshift32 (George Marsaglia, "Xorshift RNGs", 2003),
 * to which a key is added, so that not every generator that comes by the same state goes on the same
 * way. Whole-number arithmetic only: every runtime gives the same numbers.
 */
export class Random {
  private readonly key: number;
  private state: number;

  /**
   * @param seed and @param index whole numbers from 0 to 2⁵³ − 1
   * @param stream tells apart what is drawn for different purposes from the same seed and index
   */
  constructor(seed: number, index: number, stream: number) {
    const low = mix((seed | 0) ^ Math.imul(stream + 1, GOLDEN_RATIO));
    const high = mix(low ^ Math.floor(seed / 0x1_0000_0000));
    const state = mix(high ^ (index | 0));
    this.key = mix(state ^ Math.floor(index / 0x1_0000_0000) ^ low ^ 0x85eb_ca6b);
    this.state = state === 0 ? 1 : state;
  }

  /** 32 random bits, as a signed number. */
  bits(): number {
    let state = this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return (state + this.key) | 0;
  }

  /** A whole number from 0 to `bound` − 1; `bound` up to 2¹⁶. */
  below(bound: number): number {
    return ((this.bits() >>> 16) * bound) >>> 16;
  }

  /** A whole number from 0 to `bound` − 1; `bound` up to 2³². */
  belowWide(bound: number): number {
    return Math.floor(((this.bits() >>> 0) / 0x1_0000_0000) * bound);
  }

  /** A whole number from `lowest` to `highest`, both included, less than 2¹⁶ apart. */
  between(lowest: number, highest: number): number {
    return lowest + this.below(highest - lowest + 1);
  }

  /** True in `percent` of a hundred calls. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of `items`, which must not be empty and have no more than 2¹⁶. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** A share from 0 to 1, 1 excluded, in steps of 2⁻³². */
  share(): number {
    return (this.bits() >>> 0) / 0x1_0000_0000;
  }

  /** A whole number that is `mean` in the mean: the whole number below it or the one above. */
  around(mean: number): number {
    return Math.floor(mean + this.share());
  }
}

/** 2³² divided by the golden ratio, made odd. */
const GOLDEN_RATIO = 0x9e37_79b9;

/** The finaliser of MurmurHash3 (Austin Appleby): every input bit reaches every output bit. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
