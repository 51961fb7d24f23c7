import { utf8ToString } from "../core/text.js";
import { ByValue } from "./by-value.js";
import { unwrapped, wrapped } from "./envelope.js";
import type { Scalar } from "./hash.js";
import { inOrder, type Top } from "./tops/top.js";
import { readScalar, writeScalar } from "./tops/scalars.js";

interface Counter {
  readonly value: Scalar;
  /** How often it came since it is counted; 0 where it was given up. */
  seen: number;
  /** How often it may have come before. */
  missed: number;
}

const DEFAULT_CAPACITY = 1024;
const MAX_CAPACITY = 1 << 20;
/** Counters that were given up are kept until there are so many capacities of all: values that come again need none anew. */
const KEPT_CAPACITIES = 3;
/** What several sketches may have counted together: so many stay exact in any order of merging. */
const MERGED_CAPACITIES = 32;

/** For what is sorted. */
let scratch = new Float64Array(0);

/**
 * The most frequent values, by Space-Saving (Metwally, Agrawal, El Abbadi, ICDT 2005): with m counters for N
 * values, none that came more than N / m times is missing, and no count is off by more than that. Each
 * counter knows its own bounds, which are closer; where there are fewer different values, all is exact.
 *
 * Counters are given up by the half, when there are 2 m, instead of one for each new value (Anderson and
 * others, "A High-Performance Algorithm for Identifying Frequent Items in Data Streams", IMC 2017), which
 * keeps the bounds and costs a constant time a value.
 *
 * Merged sketches have the counters of all, so that the order of merging changes nothing, until these are
 * 32 times as many as one has: from there on the least are given up, and the bounds still hold, while the
 * last figures of the rarest values may depend on the order.
 */
export class Tops {
  /** How many values were added. */
  count = 0;
  /** No value without a counter came more often than this. */
  mostMissed = 0;
  /** With those that were given up. */
  private readonly counters = new ByValue<Counter>();
  /** How many were not. */
  private counted = 0;

  /** Throws a `RangeError` unless the capacity is a whole number from 1 to 2²⁰. */
  constructor(readonly capacity: number = DEFAULT_CAPACITY) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
      throw new RangeError(
        `a capacity is a whole number from 1 to ${MAX_CAPACITY}, not ${capacity}`,
      );
    }
  }

  add(value: Scalar): void {
    this.addTo(this.counters.find(value) ?? this.made(value));
  }

  /** Adds a string of ASCII that stands in bytes. */
  addAscii(bytes: Uint8Array, from: number, to: number): void {
    this.addTo(
      this.counters.findAscii(bytes, from, to) ?? this.made(utf8ToString(bytes.subarray(from, to))),
    );
  }

  /** Forgets all values. */
  clear(): void {
    this.count = 0;
    this.mostMissed = 0;
    this.counted = 0;
    this.counters.keepOnly([]);
  }

  /** Adds what another one has seen. Throws a `RangeError` if it is of another capacity. */
  merge(other: Tops): void {
    if (other.capacity !== this.capacity) {
      throw new RangeError(`tops of ${other.capacity} do not merge with those of ${this.capacity}`);
    }
    const theirs = other.all().map(({ value, seen, missed }) => ({ value, seen, missed }));
    const missedByThem = other.mostMissed;
    this.count += other.count;
    // What only one of them counts may have come as often in the other as that one can have missed.
    const met = new Set<Counter>();
    for (const { value, seen, missed } of theirs) {
      const mine = this.counters.find(value) ?? this.made(value);
      if (mine.seen === 0) this.begin(mine);
      mine.seen += seen;
      mine.missed += missed;
      met.add(mine);
    }
    if (missedByThem > 0) {
      for (const mine of this.all()) if (!met.has(mine)) mine.missed += missedByThem;
    }
    this.mostMissed += missedByThem;
    const most = this.capacity * MERGED_CAPACITIES;
    if (this.counted > most) this.giveUp(most);
  }

  /** The values that came most often, the most frequent first; of equals, in the order of values. */
  top(length: number): Top[] {
    return this.all()
      .map(({ value, seen, missed }) => ({ value, atLeast: seen, atMost: seen + missed }))
      .toSorted(inOrder)
      .slice(0, length);
  }

  /** How many of the first `length` are certain to be among the `length` most frequent values. */
  certain(length: number): number {
    const all = this.top(length + 1);
    const outside = Math.max(this.mostMissed, all[length]?.atMost ?? 0);
    return all.slice(0, length).filter(({ atLeast }) => atLeast >= outside).length;
  }

  toBytes(): Uint8Array {
    return wrapped("tops", (sink) => {
      const all = this.top(Infinity);
      for (const value of [this.capacity, this.count, this.mostMissed, all.length])
        sink.whole(value);
      for (const { value, atLeast, atMost } of all) {
        sink.whole(atLeast);
        sink.whole(atMost - atLeast);
        writeScalar(value, sink);
      }
    });
  }

  /** Throws a `DataError` where bytes are none that `toBytes` made. */
  static fromBytes(bytes: Uint8Array): Tops {
    return unwrapped("tops", bytes, (source) => {
      const capacity = source.whole();
      if (capacity < 1 || capacity > MAX_CAPACITY)
        throw source.wrong("a sketch of tops has no size");
      const tops = new Tops(capacity);
      tops.count = source.whole();
      tops.mostMissed = source.whole();
      const length = source.whole();
      for (let done = 0; done < length; done++) {
        const [seen, missed] = [source.whole(), source.whole()];
        const value = readScalar(source);
        if (seen === 0) throw source.wrong("a value of a sketch never came");
        if (tops.counters.find(value) !== undefined)
          throw source.wrong("a value of a sketch is there twice");
        Object.assign(tops.begin(tops.made(value)), { seen, missed });
      }
      return tops;
    });
  }

  private addTo(counter: Counter): void {
    this.count += 1;
    if (counter.seen > 0) {
      counter.seen += 1;
      return;
    }
    this.begin(counter);
    counter.seen = 1;
    if (this.counted > 2 * this.capacity) this.giveUp(this.capacity);
  }

  private made(value: Scalar): Counter {
    // −0 is 0.
    const counter = { value: value === 0 ? 0 : value, seen: 0, missed: 0 };
    this.counters.keep(counter);
    return counter;
  }

  /** For a value that is not counted. */
  private begin(counter: Counter): Counter {
    this.counted += 1;
    counter.missed = this.mostMissed;
    return counter;
  }

  /** Counters that were not given up. */
  private all(): Counter[] {
    return this.counters.all().filter(({ seen }) => seen > 0);
  }

  /** Keeps at most so many counters, those that may count most. */
  private giveUp(keep: number): void {
    const all = this.all();
    if (scratch.length < all.length) scratch = new Float64Array(all.length);
    const highest = scratch.subarray(0, all.length);
    let filled = 0;
    for (const { seen, missed } of all) highest[filled++] = seen + missed;
    // Numbers, in memory that is used again.
    // oxlint-disable-next-line unicorn/no-array-sort
    const bound = highest.sort()[all.length - 1 - keep] ?? 0;
    // What is as frequent as the first that has to go goes, too: none of several equals is the better one.
    for (const counter of all) {
      if (counter.seen + counter.missed > bound) continue;
      counter.seen = 0;
      this.counted -= 1;
    }
    this.mostMissed = Math.max(this.mostMissed, bound);
    if (this.counters.size > KEPT_CAPACITIES * this.capacity) this.counters.keepOnly(this.all());
  }
}
