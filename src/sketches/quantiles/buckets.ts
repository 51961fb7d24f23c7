import type { ByteSink, ByteSource } from "../bytes.js";

/** The most buckets that are kept: at 1 % they reach over 17 powers of ten. */
const MAX_BUCKETS = 2048;
const FIRST_BUCKETS = 64;
/** No double is in a bucket further from 0 than that, at any accuracy that can be asked for. */
const MAX_BUCKET_NUMBER = 2 ** 31;

/**
 * Counts of numbered buckets in bounded memory: when the numbers reach too far apart, the lowest of them
 * become one, so that high quantiles stay right. What is kept depends on all that was added, not on its order.
 */
export class Buckets {
  total = 0;
  /** Whether lowest buckets became one. */
  collapsed = false;
  private lowest = 0;
  private highest = -1;
  private counts = new Float64Array(0);
  /** The number of the bucket that `counts` begins with. */
  private offset = 0;

  add(bucket: number, times = 1): void {
    let at = bucket - this.offset;
    if (bucket < this.lowest || bucket > this.highest) at = this.include(bucket) - this.offset;
    this.counts[at] = (this.counts[at] ?? 0) + times;
    this.total += times;
  }

  /** Forgets all counts, and keeps the memory for others. */
  clear(): void {
    this.total = 0;
    this.collapsed = false;
    this.lowest = 0;
    this.highest = -1;
    this.counts.fill(0);
  }

  merge(other: Buckets): void {
    if (other.total === 0) return;
    this.collapsed ||= other.collapsed;
    // The highest first, so that what has to collapse does so once.
    for (const [bucket, count] of [...other].toReversed()) this.add(bucket, count);
  }

  /** The lowest bucket; what collapsed is in it. */
  get first(): number {
    return this.lowest;
  }

  /** Buckets that are not empty with their counts, the lowest first. */
  *[Symbol.iterator](): Iterator<[bucket: number, count: number]> {
    for (let bucket = this.lowest; bucket <= this.highest; bucket++) {
      const count = this.counts[bucket - this.offset] ?? 0;
      if (count > 0) yield [bucket, count];
    }
  }

  write(sink: ByteSink): void {
    const all = [...this];
    sink.byte(this.collapsed ? 1 : 0);
    sink.whole(all.length);
    let before = 0;
    for (const [bucket, count] of all) {
      sink.signed(bucket - before);
      sink.whole(count);
      before = bucket;
    }
  }

  /** Throws a `DataError` where the bytes are none that `write` made. */
  static read(source: ByteSource): Buckets {
    const buckets = new Buckets();
    buckets.collapsed = source.byte() === 1;
    const length = source.whole();
    if (length > MAX_BUCKETS) throw source.wrong("a sketch of quantiles has too many buckets");
    const all: [number, number][] = [];
    let bucket = 0;
    for (let done = 0; done < length; done++) {
      const step = source.signed();
      bucket += step;
      const count = source.whole();
      const isNext = done === 0 ? Math.abs(bucket) < MAX_BUCKET_NUMBER : step > 0;
      if (!isNext || count === 0) throw source.wrong("a bucket of a sketch is none");
      all.push([bucket, count]);
    }
    if (bucket - (all[0]?.[0] ?? 0) >= MAX_BUCKETS) {
      throw source.wrong("the buckets of a sketch are too far apart");
    }
    for (const [number, count] of all) buckets.add(number, count);
    return buckets;
  }

  /** Makes room for a bucket. Returns it, or the lowest one where it collapses into that. */
  private include(bucket: number): number {
    if (this.highest < this.lowest) {
      this.lowest = bucket;
      this.highest = bucket;
    } else if (bucket > this.highest) {
      this.highest = bucket;
      this.collapseBelow(bucket - MAX_BUCKETS + 1);
    } else {
      const floor = this.highest - MAX_BUCKETS + 1;
      if (bucket < floor) this.collapsed = true;
      const lowest = Math.max(bucket, floor);
      if (lowest < this.lowest) this.lowest = lowest;
      this.makeRoom();
      return lowest;
    }
    this.makeRoom();
    return bucket;
  }

  private collapseBelow(floor: number): void {
    if (this.lowest >= floor) return;
    let moved = 0;
    const { length } = this.counts;
    for (let at = this.lowest - this.offset; at < floor - this.offset && at < length; at++) {
      moved += this.counts[at] ?? 0;
      this.counts[at] = 0;
    }
    this.lowest = floor;
    this.makeRoom();
    this.counts[floor - this.offset] = (this.counts[floor - this.offset] ?? 0) + moved;
    this.collapsed = true;
  }

  /** Has memory reach from the lowest to the highest bucket, with some to spare on both sides. */
  private makeRoom(): void {
    const { lowest, highest, counts, offset } = this;
    if (counts.length > 0 && lowest >= offset && highest < offset + counts.length) return;
    const span = highest - lowest + 1;
    const length = Math.min(MAX_BUCKETS * 2, Math.max(FIRST_BUCKETS, span * 2));
    const larger = new Float64Array(length);
    const start = lowest - Math.floor((length - span) / 2);
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at] ?? 0;
      if (count > 0) larger[offset + at - start] = count;
    }
    this.counts = larger;
    this.offset = start;
  }
}
