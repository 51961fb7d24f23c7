/** The shape of facts: what in them a codec and a compressor have to deal with. */
import { mean, quantileSorted, sum } from "simple-statistics";
import type { Fact } from "../core/fact.js";

/** How a figure spreads over facts. */
export interface Spread {
  readonly mean: number;
  /** Quantiles: 5 %, 50 % and 95 % of facts have less. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface ShapeReport {
  readonly facts: number;
  /** JSON without spaces, in UTF-8. */
  readonly jsonBytes: Spread;
  /** JSON bytes for each byte that gzip makes of one fact alone. */
  readonly gzipRatio: Spread;
  /** Values that are no object and no array. */
  readonly leaves: Spread;
  /** How many objects and arrays stand around the innermost value. */
  readonly depth: Spread;
  /** Different strings among the string values of one fact, as a share. */
  readonly distinctStrings: Spread;
  /** Shares of the leaves of all facts. */
  readonly leafShares: {
    readonly integers: number;
    readonly decimals: number;
    readonly strings: number;
    readonly booleans: number;
    readonly nulls: number;
  };
  /** Keys with their quotes and colons, as a share of all JSON bytes. */
  readonly keyBytes: number;
  /** Strings with other letters than ASCII, as a share of the string values of all facts. */
  readonly nonAsciiStrings: number;
  /** Different keys in all facts, those of maps included. */
  readonly distinctKeys: number;
}

/** Takes facts one by one, and tells the shape of all. */
export class ShapeTally {
  private readonly jsonBytes: number[] = [];
  private readonly gzipRatios: number[] = [];
  private readonly leaves: number[] = [];
  private readonly depths: number[] = [];
  private readonly distinctStrings: number[] = [];
  private readonly keys = new Map<string, number>();
  private keyBytes = 0;
  private nonAscii = 0;
  private readonly counts = { integers: 0, decimals: 0, strings: 0, booleans: 0, nulls: 0 };

  /** @param gzipBytesOf what a text takes as a gzip member */
  constructor(private readonly gzipBytesOf: (text: string) => number) {}

  /** JSON bytes of the facts so far. */
  totalBytes = 0;

  add(fact: Fact): void {
    const json = JSON.stringify(fact);
    const bytes = Buffer.byteLength(json);
    const leavesBefore = this.leafCount();
    const stringsBefore = this.counts.strings;
    const strings = new Set<string>();
    const depth = this.walk(fact, strings);
    const ofFact = this.counts.strings - stringsBefore;
    this.jsonBytes.push(bytes);
    this.totalBytes += bytes;
    this.gzipRatios.push(bytes / this.gzipBytesOf(json));
    this.leaves.push(this.leafCount() - leavesBefore);
    this.depths.push(depth);
    if (ofFact > 0) this.distinctStrings.push(strings.size / ofFact);
  }

  report(): ShapeReport {
    const leaves = this.leafCount();
    const { integers, decimals, strings, booleans, nulls } = this.counts;
    return {
      facts: this.jsonBytes.length,
      jsonBytes: spread(this.jsonBytes),
      gzipRatio: spread(this.gzipRatios),
      leaves: spread(this.leaves),
      depth: spread(this.depths),
      distinctStrings: spread(this.distinctStrings),
      leafShares: {
        integers: share(integers, leaves),
        decimals: share(decimals, leaves),
        strings: share(strings, leaves),
        booleans: share(booleans, leaves),
        nulls: share(nulls, leaves),
      },
      keyBytes: share(this.keyBytes, this.totalBytes),
      nonAsciiStrings: share(this.nonAscii, strings),
      distinctKeys: this.keys.size,
    };
  }

  private leafCount(): number {
    return sum(Object.values(this.counts));
  }

  /** Counts everything in `value`; returns how deep it is. A stack of its own: depth has no limit. */
  private walk(fact: Fact, strings: Set<string>): number {
    const stack: { value: unknown; depth: number }[] = [{ value: fact, depth: 0 }];
    let deepest = 0;
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { value, depth } = top;
      deepest = Math.max(deepest, depth);
      if (Array.isArray(value)) {
        for (const inner of value as unknown[]) stack.push({ value: inner, depth: depth + 1 });
      } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          this.addKey(key);
          stack.push({ value: inner, depth: depth + 1 });
        }
      } else {
        this.addLeaf(value, strings);
      }
    }
    return deepest;
  }

  private addKey(key: string): void {
    let bytes = this.keys.get(key);
    if (bytes === undefined) {
      bytes = Buffer.byteLength(`${JSON.stringify(key)}:`);
      this.keys.set(key, bytes);
    }
    this.keyBytes += bytes;
  }

  private addLeaf(value: unknown, strings: Set<string>): void {
    if (typeof value === "number") {
      if (Number.isInteger(value)) this.counts.integers += 1;
      else this.counts.decimals += 1;
    } else if (typeof value === "string") {
      this.counts.strings += 1;
      strings.add(value);
      if (Buffer.byteLength(value) > value.length) this.nonAscii += 1;
    } else if (typeof value === "boolean") this.counts.booleans += 1;
    else this.counts.nulls += 1;
  }
}

function spread(values: number[]): Spread {
  if (values.length === 0) return { mean: 0, low: 0, median: 0, high: 0 };
  const sorted = values.toSorted((a, b) => a - b);
  return {
    mean: mean(values),
    low: quantileSorted(sorted, 0.05),
    median: quantileSorted(sorted, 0.5),
    high: quantileSorted(sorted, 0.95),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
