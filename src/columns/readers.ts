/** Arrow's arrays become facts: straight from their memory, for its own rows are slow proxies. */
import type * as arrow from "apache-arrow";
import type { Fact } from "../core/fact.js";
import type { Field, FieldType, Value } from "../schema/fields.js";

/** The value at an index; `undefined` for a gap. */
type Reader = (index: number) => unknown;

/** Reads the facts of a batch, by the fields that its columns were written for. */
export function recordReader(data: arrow.Data, fields: readonly Field[]): (index: number) => Fact {
  const readers = fields.map(({ key, type, absence }, position) => {
    const child = data.children[position];
    if (child === undefined) throw new Error(`the column ${key} is missing`);
    checkRoom("values", child, data.length);
    return { key, read: columnReader(child, type), keepsNull: absence === "null" };
  });
  return (index) => {
    const record: Record<string, unknown> = {};
    for (const { key, read, keepsNull } of readers) {
      const value = read(index);
      if (value !== undefined) record[key] = value;
      else if (keepsNull) record[key] = null;
    }
    return record;
  };
}

function columnReader(data: arrow.Data, type: FieldType): Reader {
  const read = valueReader(data, type);
  if (data.nullCount !== 0) checkRoom("nulls", data.nullBitmap, data.length / 8);
  if (data.nullCount === 0) return read;
  const bits = data.nullBitmap;
  return (index) => (isSet(bits, index) ? read(index) : undefined);
}

function valueReader(data: arrow.Data, type: FieldType): Reader {
  switch (type.kind) {
    case "string":
      return textReader(data);
    case "json": {
      const text = textReader(data);
      return (index) => JSON.parse(text(index)) as unknown;
    }
    case "boolean": {
      const bits = checkRoom("values", data.values as Uint8Array, data.length / 8);
      return (index) => isSet(bits, index);
    }
    case "int64": {
      const values = checkRoom("values", data.values as BigInt64Array, data.length);
      return (index) => Number(values[index]);
    }
    case "double":
    case "int32":
    case "uint32": {
      const values = checkRoom("values", data.values as Float64Array, data.length);
      return (index) => values[index];
    }
    case "list":
      return listReader(data, type.items);
    case "map":
      return mapReader(data, type.values);
    case "record":
      return recordReader(data, type.fields);
  }
}

function textReader(data: arrow.Data): (index: number) => string {
  const { buffer, byteOffset, byteLength } = data.values as Uint8Array;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const offsets = checkedOffsets(data, byteLength);
  return (index) => bytes.toString("utf8", offsets[index], offsets[index + 1]);
}

function listReader(data: arrow.Data, value: Value): Reader {
  const [items] = data.children;
  const read = elementReader(items, value);
  const offsets = checkedOffsets(data, items?.length ?? 0);
  return (index) => {
    const end = offsets[index + 1] ?? 0;
    const list: unknown[] = [];
    for (let at = offsets[index] ?? 0; at < end; at++) list.push(read(at));
    return list;
  };
}

function mapReader(data: arrow.Data, value: Value): Reader {
  const [entries] = data.children;
  const [keys, values] = entries?.children ?? [];
  const readKey = elementReader(keys, { type: { kind: "string" }, nullable: false });
  const read = elementReader(values, value);
  const offsets = checkedOffsets(data, Math.min(keys?.length ?? 0, values?.length ?? 0));
  return (index) => {
    const end = offsets[index + 1] ?? 0;
    const map: Record<string, unknown> = {};
    for (let at = offsets[index] ?? 0; at < end; at++) {
      const key = readKey(at) as string;
      if (key === "__proto__") Object.defineProperty(map, key, { ...OWN, value: read(at) });
      else map[key] = read(at);
    }
    return map;
  };
}

/** In a list or a map a gap is null. */
function elementReader(data: arrow.Data | undefined, { type }: Value): Reader {
  if (data === undefined) throw new Error("a column has no values");
  const read = columnReader(data, type);
  return data.nullCount === 0 ? read : (index) => read(index) ?? null;
}

/** Where the values of a column end. Damaged ones would read what is not there, for hours. */
function checkedOffsets({ valueOffsets, length }: arrow.Data, most: number): Int32Array {
  const offsets = checkRoom("offsets", valueOffsets as Int32Array, length + 1);
  let before = 0;
  for (let index = 0; index <= length; index++) {
    const offset = offsets[index] ?? -1;
    if (offset < before || offset > most) throw new Error("a column's offsets are damaged");
    before = offset;
  }
  return offsets;
}

function checkRoom<T extends { readonly length: number }>(
  what: string,
  found: T,
  least: number,
): T {
  if (found.length >= least) return found;
  throw new Error(`a column has ${found.length} ${what}, and should have ${Math.ceil(least)}`);
}

/** What makes a key of data one like any other, whatever it means to JavaScript. */
const OWN = { enumerable: true, configurable: true, writable: true };

function isSet(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}
