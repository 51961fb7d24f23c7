import { utf8ToString } from "../core/text.js";
import { unwrapped, wrapped } from "./envelope.js";
import type { Scalar } from "./hash.js";
import { Numbering } from "./numbering.js";
import { atRank } from "./tops/select.js";
import { inOrder, type Top } from "./tops/top.js";
import { readScalar, writeScalar } from "./tops/scalars.js";

const DEFAULT_CAPACITY = 1024;
const MAX_CAPACITY = 1 << 20;
const FIRST_COUNTERS = 16;
/** Counters that were given up are kept until there are so many capacities of all: values that come again need none anew. */
const KEPT_CAPACITIES = 3;
/** What several sketches may have counted together: so many stay exact in any order of merging. */
const MERGED_CAPACITIES = 32;

/** For what one of a rank is selected from. */
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
  /** Numbers of counters, with those that were given up. */
  private readonly numbering = new Numbering();
  /** By number, how often a value came since it is counted; 0 where it was given up. */
  private seen = new Float64Array(FIRST_COUNTERS);
  /** How often it may have come before. */
  private missed = new Float64Array(FIRST_COUNTERS);
  /** How many were not given up. */
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
    const known = this.numbering.find(value);
    this.addTo(known === -1 ? this.newCounter(value) : known);
  }

  /** Adds a string of ASCII that stands in bytes. */
  addAscii(bytes: Uint8Array, from: number, to: number): void {
    const known = this.numbering.findAscii(bytes, from, to);
    this.addTo(known === -1 ? this.newCounter(utf8ToString(bytes.subarray(from, to))) : known);
  }

  /** Forgets all values, and keeps memory for others. */
  clear(): void {
    this.count = 0;
    this.mostMissed = 0;
    this.counted = 0;
    this.numbering.clear();
  }

  /** Adds what another one has seen. Throws a `RangeError` if it is of another capacity. */
  merge(other: Tops): void {
    if (other.capacity !== this.capacity) {
      throw new RangeError(`tops of ${other.capacity} do not merge with those of ${this.capacity}`);
    }
    const theirs = other.all();
    const missedByThem = other.mostMissed;
    this.count += other.count;
    // What only one of them counts may have come as often in the other as that one can have missed.
    const met = new Set<number>();
    for (const { value, atLeast, atMost } of theirs) {
      met.add(this.addCounted(value, atLeast, atMost - atLeast));
    }
    const { seen, missed } = this;
    if (missedByThem > 0) {
      for (let at = 0; at < this.numbering.values.length; at++) {
        if (seen[at] !== 0 && !met.has(at)) missed[at] = (missed[at] as number) + missedByThem;
      }
    }
    this.mostMissed += missedByThem;
    const most = this.capacity * MERGED_CAPACITIES;
    if (this.counted > most) this.giveUp(most);
  }

  /** The values that came most often, the most frequent first; of equals, in the order of values. */
  top(length: number): Top[] {
    return this.all().toSorted(inOrder).slice(0, length);
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
        if (tops.numbering.find(value) !== -1)
          throw source.wrong("a value of a sketch is there twice");
        tops.missed[tops.addCounted(value, seen, 0)] = missed;
      }
      return tops;
    });
  }

  private addTo(counter: number): void {
    const { seen } = this;
    const before = seen[counter] as number;
    this.count += 1;
    seen[counter] = before + 1;
    if (before > 0) return;
    this.begin(counter);
    if (this.counted > 2 * this.capacity) this.giveUp(this.capacity);
  }

  /** Adds what somebody else counted. Returns the counter. */
  private addCounted(value: Scalar, seen: number, missed: number): number {
    const known = this.numbering.find(value);
    const counter = known === -1 ? this.newCounter(value) : known;
    if (this.seen[counter] === 0) this.begin(counter);
    this.seen[counter] = (this.seen[counter] as number) + seen;
    this.missed[counter] = (this.missed[counter] as number) + missed;
    return counter;
  }

  private newCounter(value: Scalar): number {
    const counter = this.numbering.add(value);
    if (counter === this.seen.length) {
      this.seen = twiceAsLong(this.seen);
      this.missed = twiceAsLong(this.missed);
    }
    this.seen[counter] = 0;
    return counter;
  }

  /** For a value that was not counted before. */
  private begin(counter: number): void {
    this.counted += 1;
    this.missed[counter] = this.mostMissed;
  }

  /** What is counted, in no order. */
  private all(): Top[] {
    return this.numbering.values.flatMap((value, at) => {
      const atLeast = this.seen[at] as number;
      return atLeast === 0
        ? []
        : [{ value, atLeast, atMost: atLeast + (this.missed[at] as number) }];
    });
  }

  /** Keeps at most so many counters, those that may count most. */
  private giveUp(keep: number): void {
    const { seen, missed, counted } = this;
    const { length } = this.numbering.values;
    if (scratch.length < counted) scratch = new Float64Array(counted);
    const highest = scratch.subarray(0, counted);
    let filled = 0;
    for (let at = 0; at < length; at++) {
      if (seen[at] !== 0) highest[filled++] = (seen[at] as number) + (missed[at] as number);
    }
    const bound = keep < counted ? atRank(highest, counted - 1 - keep) : 0;
    // What is as frequent as the first that has to go goes, too: none of several equals is the better one.
    for (let at = 0; at < length; at++) {
      if (seen[at] === 0 || (seen[at] as number) + (missed[at] as number) > bound) continue;
      seen[at] = 0;
      this.counted -= 1;
    }
    this.mostMissed = Math.max(this.mostMissed, bound);
    if (length > KEPT_CAPACITIES * this.capacity) this.forgetGivenUp();
  }

  private forgetGivenUp(): void {
    const all = this.all();
    this.counted = 0;
    this.numbering.clear();
    for (const { value, atLeast, atMost } of all) {
      this.missed[this.addCounted(value, atLeast, 0)] = atMost - atLeast;
    }
  }
}

function twiceAsLong(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * numbers.length);
  longer.set(numbers);
  return longer;
}
