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
      const bits = data.values as Uint8Array;
      return (index) => isSet(bits, index);
    }
    case "int64": {
      const values = data.values as BigInt64Array;
      return (index) => Number(values[index]);
    }
    case "double":
    case "int32":
    case "uint32": {
      const values = data.values as Float64Array;
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

function textReader({ values, valueOffsets }: arrow.Data): (index: number) => string {
  const { buffer, byteOffset, byteLength } = values as Uint8Array;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const offsets = valueOffsets as Int32Array;
  return (index) => bytes.toString("utf8", offsets[index], offsets[index + 1]);
}

function listReader({ children: [items], valueOffsets }: arrow.Data, value: Value): Reader {
  const read = elementReader(items, value);
  const offsets = valueOffsets as Int32Array;
  return (index) => {
    const end = offsets[index + 1] ?? 0;
    const list: unknown[] = [];
    for (let at = offsets[index] ?? 0; at < end; at++) list.push(read(at));
    return list;
  };
}

function mapReader({ children: [entries], valueOffsets }: arrow.Data, value: Value): Reader {
  const [keys, values] = entries?.children ?? [];
  const readKey = elementReader(keys, { type: { kind: "string" }, nullable: false });
  const read = elementReader(values, value);
  const offsets = valueOffsets as Int32Array;
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

/** What makes a key of data one like any other, whatever it means to JavaScript. */
const OWN = { enumerable: true, configurable: true, writable: true };

function isSet(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}
