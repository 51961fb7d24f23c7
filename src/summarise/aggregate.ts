import type { PlacedValues, Places } from "../compiled-json/reader/places.js";
import { Quantiles, Tops, Uniques, type Scalar } from "../sketches/index.js";
import type { ByteSink, ByteSource } from "../sketches/bytes.js";

export const AGGREGATES = ["count", "unique", "quantile", "top"] as const;
export type AggregateKind = (typeof AGGREGATES)[number];

type Sketch =
  | { readonly kind: "count" }
  | { readonly kind: "unique"; readonly uniques: Uniques }
  | { readonly kind: "quantile"; readonly quantiles: Quantiles }
  | { readonly kind: "top"; readonly tops: Tops };

/** What is known of the values at one path, for one question. */
export class Aggregate {
  /** Values that the question is about. */
  values = 0;
  /** Nulls, which are no values, as in SQL. */
  nulls = 0;
  /** Values of another kind: objects and lists; for quantiles all but finite numbers. */
  others = 0;

  private constructor(readonly sketch: Sketch) {}

  static of(kind: AggregateKind): Aggregate {
    switch (kind) {
      case "count":
        return new Aggregate({ kind });
      case "unique":
        return new Aggregate({ kind, uniques: new Uniques() });
      case "quantile":
        return new Aggregate({ kind, quantiles: new Quantiles() });
      case "top":
        return new Aggregate({ kind, tops: new Tops() });
    }
  }

  addAll(found: readonly unknown[]): void {
    switch (this.sketch.kind) {
      case "count":
        for (const value of found) {
          if (value === null) this.nulls += 1;
          else this.values += 1;
        }
        break;
      case "quantile":
        this.addNumbers(found, this.sketch.quantiles);
        break;
      case "unique":
        this.addScalars(found, this.sketch.uniques);
        break;
      case "top":
        this.addScalars(found, this.sketch.tops);
    }
  }

  /** The same of values that were not made. */
  addPlaced(values: PlacedValues, places: Places): void {
    switch (this.sketch.kind) {
      case "count":
        for (let at = 0; at < places.length; at++) {
          if (values.isNull(places.get(at))) this.nulls += 1;
          else this.values += 1;
        }
        break;
      case "quantile":
        this.addPlacedNumbers(values, places, this.sketch.quantiles);
        break;
      case "unique":
        this.addPlacedScalars(values, places, this.sketch.uniques);
        break;
      case "top":
        this.addPlacedScalars(values, places, this.sketch.tops);
    }
  }

  /** Forgets all values, and keeps the memory for others. */
  clear(): void {
    this.values = 0;
    this.nulls = 0;
    this.others = 0;
    switch (this.sketch.kind) {
      case "count":
        break;
      case "unique":
        this.sketch.uniques.clear();
        break;
      case "quantile":
        this.sketch.quantiles.clear();
        break;
      case "top":
        this.sketch.tops.clear();
    }
  }

  /** Adds what another one of the same kind has seen. */
  merge({ values, nulls, others, sketch: theirs }: Aggregate): void {
    const { sketch } = this;
    this.values += values;
    this.nulls += nulls;
    this.others += others;
    if (sketch.kind === "unique" && theirs.kind === "unique") sketch.uniques.merge(theirs.uniques);
    else if (sketch.kind === "quantile" && theirs.kind === "quantile") {
      sketch.quantiles.merge(theirs.quantiles);
    } else if (sketch.kind === "top" && theirs.kind === "top") sketch.tops.merge(theirs.tops);
    else if (sketch.kind !== theirs.kind) {
      throw new RangeError(`a ${sketch.kind} does not merge with a ${theirs.kind}`);
    }
  }

  private addNumbers(found: readonly unknown[], quantiles: Quantiles): void {
    for (const value of found) {
      if (typeof value === "number" && Number.isFinite(value)) {
        this.values += 1;
        quantiles.add(value);
      } else if (value === null) this.nulls += 1;
      else this.others += 1;
    }
  }

  private addScalars(found: readonly unknown[], sketch: Uniques | Tops): void {
    for (const value of found) this.addScalar(value, sketch);
  }

  private addScalar(value: unknown, sketch: Uniques | Tops): void {
    if (isScalar(value)) {
      this.values += 1;
      sketch.add(value);
    } else if (value === null) this.nulls += 1;
    else this.others += 1;
  }

  private addPlacedNumbers(values: PlacedValues, places: Places, quantiles: Quantiles): void {
    for (let at = 0; at < places.length; at++) {
      const place = places.get(at);
      const value = values.number(place);
      if (Number.isFinite(value)) {
        this.values += 1;
        quantiles.add(value);
      } else if (values.isNull(place)) this.nulls += 1;
      else this.others += 1;
    }
  }

  private addPlacedScalars(values: PlacedValues, places: Places, sketch: Uniques | Tops): void {
    for (let at = 0; at < places.length; at++) {
      const place = places.get(at);
      if (values.isAscii(place)) {
        this.values += 1;
        sketch.addAscii(values.bytes, values.from, values.to);
      } else this.addScalar(values.value(place), sketch);
    }
  }

  write(sink: ByteSink): void {
    for (const count of [this.values, this.nulls, this.others]) sink.whole(count);
    const bytes = bytesOf(this.sketch);
    sink.whole(bytes.length);
    sink.raw(bytes);
  }

  /** Throws a `DataError` where the bytes are none that `write` made of one of this kind. */
  static read(kind: AggregateKind, source: ByteSource): Aggregate {
    const [values, nulls, others] = [source.whole(), source.whole(), source.whole()];
    const bytes = source.raw(source.whole());
    const aggregate = new Aggregate(sketchFrom(kind, bytes));
    return Object.assign(aggregate, { values, nulls, others });
  }
}

function isScalar(value: unknown): value is Exclude<Scalar, null> {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function bytesOf(sketch: Sketch): Uint8Array {
  switch (sketch.kind) {
    case "count":
      return new Uint8Array(0);
    case "unique":
      return sketch.uniques.toBytes();
    case "quantile":
      return sketch.quantiles.toBytes();
    case "top":
      return sketch.tops.toBytes();
  }
}

function sketchFrom(kind: AggregateKind, bytes: Uint8Array): Sketch {
  switch (kind) {
    case "count":
      return { kind };
    case "unique":
      return { kind, uniques: Uniques.fromBytes(bytes) };
    case "quantile":
      return { kind, quantiles: Quantiles.fromBytes(bytes) };
    case "top":
      return { kind, tops: Tops.fromBytes(bytes) };
  }
}
