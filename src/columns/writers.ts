/** Facts become Arrow's arrays: one writer for each column, and for each column inside of it. */
import * as arrow from "apache-arrow";
import { jsonText } from "../core/json-text.js";
import type { Field, FieldType, Value } from "../schema/fields.js";
import { checked64 } from "../schema/record-values.js";
import { Growing, GrowingBits, GrowingText } from "./growing.js";

interface ColumnWriter {
  readonly type: arrow.DataType;
  /** Appends a value; null and undefined leave a gap. */
  add(value: unknown): void;
  /** What was added since the last time. It lasts until something else is added. */
  take(): arrow.Data;
}

/**
 * @param gaps whether there may be no value, here or in what this is part of
 * @param field where it is in a fact, for people
 */
function columnWriter(type: FieldType, gaps: boolean, field: string): ColumnWriter {
  switch (type.kind) {
    case "string":
      return textWriter((value) => (typeof value === "string" ? value : undefined));
    case "json":
      // A gap is a field that is missing: null is text.
      return textWriter((value) => (value === undefined ? undefined : jsonText(value)));
    case "boolean":
      return booleanWriter();
    case "double":
      return numberWriter(new arrow.Float64(), new Growing((length) => new Float64Array(length)));
    case "int32":
      return numberWriter(new arrow.Int32(), new Growing((length) => new Int32Array(length)));
    case "uint32":
      return numberWriter(new arrow.Uint32(), new Growing((length) => new Uint32Array(length)));
    case "int64":
      return int64Writer(field);
    case "list":
      return listWriter(type.items, field);
    case "map":
      return mapWriter(type.values, field);
    case "record":
      return structWriter(type.fields, gaps, field);
  }
}

/** The columns of a struct, in order. @param inside the path of the struct, with its dot */
export function fieldWriters(fields: readonly Field[], gaps: boolean, inside = ""): FieldWriter[] {
  return fields.map(({ key, type, absence }) => {
    const nullable = gaps || absence !== "never";
    const column = columnWriter(type, nullable, inside + key);
    return { key, column, field: new arrow.Field(key, column.type, nullable) };
  });
}

export interface FieldWriter {
  readonly key: string;
  readonly column: ColumnWriter;
  readonly field: arrow.Field;
}

/** What a column has beside its values. */
function gapsOf(valid: GrowingBits) {
  const { length, zeros: nullCount } = valid;
  const nullBitmap = valid.take();
  return { length, nullCount, ...(nullCount > 0 && { nullBitmap }) };
}

function numberWriter(
  type: arrow.Float64 | arrow.Int32 | arrow.Uint32,
  values: Growing<Float64Array> | Growing<Int32Array> | Growing<Uint32Array>,
): ColumnWriter {
  const valid = new GrowingBits();
  return {
    type,
    add: (value) => {
      const there = typeof value === "number";
      valid.push(there);
      values.push(there ? value : 0);
    },
    take: () =>
      arrow.makeData({ type: type as arrow.Float64, ...gapsOf(valid), data: values.take() }),
  };
}

/** Integers of 64 bits with a sign; an `InputError` says which field has one that needs more. */
function int64Writer(field: string): ColumnWriter {
  const type = new arrow.Int64();
  const valid = new GrowingBits();
  const values = new Growing((length) => new BigInt64Array(length));
  return {
    type,
    add: (value) => {
      const there = typeof value === "number";
      const whole = there ? BigInt(checked64(value, field)) : 0n;
      valid.push(there);
      values.push(whole);
    },
    take: () => arrow.makeData({ type, ...gapsOf(valid), data: values.take() }),
  };
}

function booleanWriter(): ColumnWriter {
  const type = new arrow.Bool();
  const valid = new GrowingBits();
  const values = new GrowingBits();
  return {
    type,
    add: (value) => {
      valid.push(typeof value === "boolean");
      values.push(value === true);
    },
    take: () => arrow.makeData({ type, ...gapsOf(valid), data: values.take() }),
  };
}

/** @param toText `undefined` leaves a gap */
function textWriter(toText: (value: unknown) => string | undefined): ColumnWriter {
  const type = new arrow.Utf8();
  const valid = new GrowingBits();
  const ends = offsets();
  const text = new GrowingText();
  return {
    type,
    add: (value) => {
      const own = toText(value);
      valid.push(own !== undefined);
      if (own !== undefined) text.push(own);
      ends.push(text.length);
    },
    take: () =>
      arrow.makeData({ type, ...gapsOf(valid), valueOffsets: ends.take(), data: text.take() }),
  };
}

function listWriter({ type, nullable }: Value, field: string): ColumnWriter {
  const items = columnWriter(type, nullable, field);
  const listType = new arrow.List(new arrow.Field("item", items.type, nullable));
  const valid = new GrowingBits();
  const ends = offsets();
  let count = 0;
  return {
    type: listType,
    add: (value) => {
      valid.push(Array.isArray(value));
      if (Array.isArray(value)) {
        for (const item of value) items.add(item);
        count += value.length;
      }
      ends.push(count);
    },
    take: () => {
      count = 0;
      const valueOffsets = ends.take();
      return arrow.makeData({
        type: listType,
        ...gapsOf(valid),
        valueOffsets,
        child: items.take(),
      });
    },
  };
}

function mapWriter({ type, nullable }: Value, field: string): ColumnWriter {
  const keys = columnWriter({ kind: "string" }, false, field);
  const values = columnWriter(type, nullable, field);
  const entryType = new arrow.Struct<{ key: arrow.Utf8; value: arrow.DataType }>([
    new arrow.Field("key", new arrow.Utf8(), false),
    new arrow.Field("value", values.type, nullable),
  ]);
  // oxlint-disable-next-line no-underscore-dangle -- that is its name
  const mapType = new arrow.Map_<arrow.Utf8, arrow.DataType>(
    new arrow.Field("entries", entryType, false),
  );
  const valid = new GrowingBits();
  const ends = offsets();
  let count = 0;
  return {
    type: mapType,
    add: (value) => {
      const there = typeof value === "object" && value !== null;
      valid.push(there);
      if (there) {
        for (const [key, inner] of Object.entries(value)) {
          keys.add(key);
          values.add(inner);
          count += 1;
        }
      }
      ends.push(count);
    },
    take: () => {
      const children = [keys.take(), values.take()];
      const child = arrow.makeData({ type: entryType, length: count, nullCount: 0, children });
      count = 0;
      const valueOffsets = ends.take();
      return arrow.makeData({ type: mapType, ...gapsOf(valid), valueOffsets, child });
    },
  };
}

function structWriter(fields: readonly Field[], gaps: boolean, path: string): ColumnWriter {
  const columns = fieldWriters(fields, gaps, `${path}.`);
  const type = new arrow.Struct(columns.map(({ field }) => field));
  const valid = new GrowingBits();
  return {
    type,
    add: (value) => {
      const there = typeof value === "object" && value !== null;
      valid.push(there);
      const record = there ? (value as Record<string, unknown>) : {};
      for (const { key, column } of columns) column.add(record[key]);
    },
    take: () => {
      const children = columns.map(({ column }) => column.take());
      return arrow.makeData({ type, ...gapsOf(valid), children });
    },
  };
}

/** Where each value ends; before the first one there is a zero. */
function offsets() {
  const ends = new Growing((length) => new Int32Array(length));
  ends.push(0);
  return {
    push: (end: number) => ends.push(end),
    take: () => {
      const taken = ends.take();
      ends.push(0);
      return taken;
    },
  };
}
