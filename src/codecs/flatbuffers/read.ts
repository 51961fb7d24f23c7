/**
 * Tables become facts. No place is believed before it is looked at: it has to be inside of the bytes, and all that
 * is read may take no more bytes than there are, else damaged ones would be read over and over.
 */
import { ByteBuffer, Encoding } from "flatbuffers";
import type { Fact } from "../../core/fact.js";
import { utf8ToString } from "../../core/text.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { put } from "../../schema/proto/stand-in.js";
import { boxFields, checkFields, entryFields, itemBytes, scalarOf, type Scalar } from "./layout.js";

/** Reads the value that a place stands for. */
type Read<T = unknown> = (source: Source, place: number) => T;

export function factReader(fields: readonly Field[]): (bytes: Uint8Array) => Fact {
  const read = tableReader(fields);
  return (bytes) => read(new Source(bytes), 0);
}

class Source {
  readonly bytes: ByteBuffer;
  private left: number;

  constructor(bytes: Uint8Array) {
    this.bytes = new ByteBuffer(bytes);
    this.left = bytes.length;
  }

  /** Where that begins which a place refers to, and of which `size` bytes are read. */
  follow(place: number, size: number): number {
    if (place + 4 > this.bytes.capacity()) throw cutOff();
    const target = place + this.bytes.readInt32(place);
    this.take(target, size);
    return target;
  }

  take(start: number, size: number): void {
    this.left -= size;
    if (start < 0 || start + size > this.bytes.capacity()) throw cutOff();
    if (this.left < 0) throw new Error("the fact refers to the same bytes again");
  }
}

function cutOff(): Error {
  return new Error("the fact refers to something outside of its bytes");
}

function tableReader(fields: readonly Field[]): Read<Fact> {
  checkFields(fields);
  const plans = fields.map((field, slot) => {
    const scalar = scalarOf(field.type);
    return {
      key: field.key,
      index: 4 + 2 * slot,
      size: itemBytes(scalar),
      read: scalar === undefined ? valueReader(field.type) : scalarReader(scalar),
      absent: absentOf(field, scalar),
    };
  });
  return (source, place) => {
    const { bytes } = source;
    const table = source.follow(place, 4);
    const vtable = table - bytes.readInt32(table);
    if (vtable < 0 || vtable + 4 > bytes.capacity()) throw cutOff();
    const end = bytes.readUint16(vtable);
    if (vtable + end > bytes.capacity()) throw cutOff();
    const record: Record<string, unknown> = {};
    for (const { key, index, size, read, absent } of plans) {
      const offset = index < end ? bytes.readUint16(vtable + index) : 0;
      if (offset !== 0) {
        source.take(table + offset, size);
        put(record, key, read(source, table + offset));
      } else if (absent === NOT_THERE) throw new Error(`the fact has no ${key}`);
      else if (absent !== undefined) put(record, key, absent);
    }
    return record;
  };
}

/** Stands for a value that has to be there. */
const NOT_THERE = Symbol("not there");

/** What it means that a table has no value for a field. */
function absentOf({ absence }: Field, scalar: Scalar | undefined): unknown {
  if (absence !== "never") return absence === "null" ? null : undefined;
  if (scalar === undefined) return NOT_THERE;
  return scalar === "boolean" ? false : 0;
}

function scalarReader(scalar: Scalar): Read {
  switch (scalar) {
    case "boolean":
      return ({ bytes }, place) => bytes.readInt8(place) !== 0;
    case "double":
      return ({ bytes }, place) => bytes.readFloat64(place);
    case "int32":
      return ({ bytes }, place) => bytes.readInt32(place);
    case "uint32":
      return ({ bytes }, place) => bytes.readUint32(place);
    case "int64":
      return ({ bytes }, place) => Number(bytes.readInt64(place));
  }
}

function valueReader(type: FieldType): Read {
  switch (type.kind) {
    case "record":
      return tableReader(type.fields);
    case "list":
      return listReader(type.items);
    case "map":
      return mapReader(type.values);
    case "json":
      return (source, place) => JSON.parse(text(source, place)) as unknown;
    default:
      return text;
  }
}

function text(source: Source, place: number): string {
  const start = source.follow(place, 4);
  source.take(start + 4, source.bytes.readInt32(start));
  // As text, the library would drop a byte order mark.
  // oxlint-disable-next-line no-underscore-dangle -- that is its name
  return utf8ToString(source.bytes.__string(place, Encoding.UTF8_BYTES) as Uint8Array);
}

function mapReader(values: Value): Read {
  const entry = tableReader(entryFields(values));
  return (source, place) => {
    const map: Record<string, unknown> = {};
    for (const { key, value } of items(source, place, 4, entry)) put(map, key as string, value);
    return map;
  };
}

function listReader(values: Value): Read {
  const box = boxFields(values);
  if (box !== undefined) {
    const read = tableReader(box);
    return (source, place) => items(source, place, 4, read).map(({ value }) => value);
  }
  const scalar = scalarOf(values.type);
  const read = scalar === undefined ? valueReader(values.type) : scalarReader(scalar);
  return (source, place) => items(source, place, itemBytes(scalar), read);
}

function items<T>(source: Source, place: number, size: number, read: Read<T>): T[] {
  const start = source.follow(place, 4);
  const count = source.bytes.readInt32(start);
  if (count < 0) throw cutOff();
  source.take(start + 4, count * size);
  const list: T[] = [];
  for (let index = 0; index < count; index++) list.push(read(source, start + 4 + index * size));
  return list;
}
