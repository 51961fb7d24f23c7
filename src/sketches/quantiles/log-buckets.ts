/**
 * Buckets for positive numbers whose bounds are a constant factor apart, or a little less: so the middle of
 * a bucket is within a given part of every value in it.
 *
 * A bucket's number is a piecewise cubic in the bits of the double instead of its logarithm (Masson, Rim,
 * Lee, "DDSketch", PVLDB 12(12), 2019, section 2.2 and its reference implementation's "cubically
 * interpolated mapping"): it takes 1 % more buckets, less time, and gives the same in every runtime, which
 * Math.log does not promise.
 */

/** A cubic near log₂(1 + s) for s from 0 to 1, which meets it at both ends. */
const A = 6 / 35;
const B = -3 / 5;
const C = 10 / 7;

const EXPONENT_BIAS = 1023;
const MANTISSA = 2 ** 52;
const HIGH_MANTISSA_BITS = 0xfffff;

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
const [LOW_HALF, HIGH_HALF] =
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? [0, 1] : [1, 0];

/** The smallest number that has a bucket: what is smaller has fewer digits than a double should. */
export const SMALLEST_POSITIVE = 2 ** -1022;

export class LogBuckets {
  private readonly bucketsPerDoubling: number;

  /** @param accuracy the part of a value by which the middle of its bucket may differ from it, such as 0.01 */
  constructor(accuracy: number) {
    const factor = (1 + accuracy) / (1 - accuracy);
    // The cubic rises slowest, against the logarithm, where s is 0: by its C for each unit of ln(1 + s).
    this.bucketsPerDoubling = 1 / (C * Math.log(factor));
  }

  /** The number of the bucket of a finite value from `SMALLEST_POSITIVE` on. */
  bucketOf(value: number): number {
    double[0] = value;
    const high = halves[HIGH_HALF] ?? 0;
    const low = halves[LOW_HALF] ?? 0;
    const s = ((high & HIGH_MANTISSA_BITS) * 2 ** 32 + low) / MANTISSA;
    const cubic = ((A * s + B) * s + C) * s;
    return Math.ceil(((high >>> 20) - EXPONENT_BIAS + cubic) * this.bucketsPerDoubling);
  }

  /** The value that is off by the same part of the value from the least and the greatest of a bucket. */
  middleOf(bucket: number): number {
    const low = this.boundOf(bucket - 1);
    const high = this.boundOf(bucket);
    // 2 low high / (low + high), where the product may not fit.
    return (2 * low) / (low / high + 1);
  }

  /** The greatest value of a bucket. */
  boundOf(bucket: number): number {
    const doublings = bucket / this.bucketsPerDoubling;
    const whole = Math.floor(doublings);
    const cubic = doublings - whole;
    let low = 0;
    let high = 1;
    for (let step = 0; step < 53; step++) {
      const s = (low + high) / 2;
      if (((A * s + B) * s + C) * s < cubic) low = s;
      else high = s;
    }
    // In two steps: 2¹⁰²⁴ is too large, and the value itself may not be.
    return 2 ** (whole - 1) * (1 + high) * 2;
  }
}
