import { unwrapped, wrapped } from "./envelope.js";
import { Buckets } from "./quantiles/buckets.js";
import { LogBuckets, SMALLEST_POSITIVE } from "./quantiles/log-buckets.js";

const DEFAULT_ACCURACY = 0.01;
/** Finer ones would make numbers of buckets that no longer tell doubles apart, coarser ones tell nothing. */
const [MIN_ACCURACY, MAX_ACCURACY] = [1e-4, 0.5];

/**
 * Quantiles of numbers, each within 1 % of the true one's value: a DDSketch (Masson, Rim, Lee, PVLDB 12(12),
 * 2019), which has buckets 2 % wide, for positive and for negative numbers, and one for zero and what is
 * nearer to it than 2⁻¹⁰²². 64 KiB at the very most.
 *
 * The least and the greatest value are exact. Where the numbers of one sign reach over more than 17 powers
 * of ten, those nearest to zero become one bucket: `accurateFrom` says below which size the promise ends.
 *
 * What it becomes depends on the values alone: not on their order, nor on how they were split.
 */
export class Quantiles {
  count = 0;
  /** Infinity where there is none. */
  min = Infinity;
  /** −Infinity where there is none. */
  max = -Infinity;
  private zeros = 0;
  private positive = new Buckets();
  private negative = new Buckets();
  private readonly mapping: LogBuckets;

  /**
   * @param accuracy how far a quantile may be from the true one, as a part of its value
   *
   * Throws a `RangeError` unless it is from 0.0001 to 0.5.
   */
  constructor(readonly accuracy: number = DEFAULT_ACCURACY) {
    if (!(accuracy >= MIN_ACCURACY && accuracy <= MAX_ACCURACY)) {
      throw new RangeError(
        `an accuracy is from ${MIN_ACCURACY} to ${MAX_ACCURACY}, not ${accuracy}`,
      );
    }
    this.mapping = new LogBuckets(accuracy);
  }

  /** Throws a `RangeError` for what is no finite number, which has no place among others. */
  add(value: number): void {
    if (value >= SMALLEST_POSITIVE && value !== Infinity) {
      this.positive.add(this.mapping.bucketOf(value));
    } else if (value <= -SMALLEST_POSITIVE && value !== -Infinity) {
      this.negative.add(this.mapping.bucketOf(-value));
    } else if (Number.isFinite(value)) this.zeros += 1;
    else throw new RangeError(`${value} has no place among numbers`);
    this.count += 1;
    if (value < this.min) this.min = value === 0 ? 0 : value;
    if (value > this.max) this.max = value === 0 ? 0 : value;
  }

  /** Forgets all values, and keeps the memory for others. */
  clear(): void {
    this.count = 0;
    this.min = Infinity;
    this.max = -Infinity;
    this.zeros = 0;
    this.positive.clear();
    this.negative.clear();
  }

  /** Adds what another one has seen. Throws a `RangeError` if it is of another accuracy. */
  merge(other: Quantiles): void {
    if (other.accuracy !== this.accuracy) {
      throw new RangeError(
        `quantiles within ${other.accuracy} do not merge with those within ${this.accuracy}`,
      );
    }
    this.count += other.count;
    this.zeros += other.zeros;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.positive.merge(other.positive);
    this.negative.merge(other.negative);
  }

  /**
   * The value at a share of all values in their order: 0.5 is the median, 0 the least, 1 the greatest. Of n
   * values it is the one with ⌊q (n − 1)⌋ before it. `undefined` where there is none.
   *
   * Throws a `RangeError` unless the share is from 0 to 1.
   */
  quantile(share: number): number | undefined {
    if (!(share >= 0 && share <= 1))
      throw new RangeError(`a quantile is from 0 to 1, not ${share}`);
    if (this.count === 0) return undefined;
    const before = Math.floor(share * (this.count - 1));
    if (before === 0) return this.min;
    if (before === this.count - 1) return this.max;
    // A bucket's middle may lie outside of what there is.
    return Math.min(this.max, Math.max(this.min, this.valueBehind(before)));
  }

  /** The least size, of either sign, from which on quantiles are as accurate as promised. 0 for all. */
  get accurateFrom(): number {
    const ends = [this.positive, this.negative].filter(({ collapsed }) => collapsed);
    return Math.max(0, ...ends.map(({ first }) => this.mapping.boundOf(first)));
  }

  toBytes(): Uint8Array {
    return wrapped("quantiles", (sink) => {
      for (const value of [this.accuracy, this.min, this.max]) sink.double(value);
      sink.whole(this.zeros);
      this.positive.write(sink);
      this.negative.write(sink);
    });
  }

  /** Throws a `DataError` where bytes are none that `toBytes` made. */
  static fromBytes(bytes: Uint8Array): Quantiles {
    return unwrapped("quantiles", bytes, (source) => {
      const accuracy = source.double();
      if (!(accuracy >= MIN_ACCURACY && accuracy <= MAX_ACCURACY)) {
        throw source.wrong("a sketch of quantiles has no accuracy");
      }
      const quantiles = new Quantiles(accuracy);
      quantiles.min = source.double();
      quantiles.max = source.double();
      quantiles.zeros = source.whole();
      quantiles.positive = Buckets.read(source);
      quantiles.negative = Buckets.read(source);
      quantiles.count = quantiles.zeros + quantiles.positive.total + quantiles.negative.total;
      const isOrdered = quantiles.count === 0 || quantiles.min <= quantiles.max;
      if (!isOrdered || !Number.isSafeInteger(quantiles.count)) {
        throw source.wrong("the values of a sketch are in no order");
      }
      return quantiles;
    });
  }

  /** An estimate of the value that has so many before it. */
  private valueBehind(before: number): number {
    let left = before - this.negative.total;
    if (left < 0) {
      // The negative numbers furthest from zero come first.
      let nearer = this.negative.total - before;
      for (const [bucket, count] of this.negative) {
        nearer -= count;
        if (nearer <= 0) return -this.mapping.middleOf(bucket);
      }
    }
    left -= this.zeros;
    if (left < 0) return 0;
    for (const [bucket, count] of this.positive) {
      left -= count;
      if (left < 0) return this.mapping.middleOf(bucket);
    }
    return this.max;
  }
}
