/** Facts become structs and messages, in the order in which Bebop has them. */
import type { BebopView } from "bebop";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/json-text.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { boxField, layoutOf } from "./layout.js";

type JsonObject = Readonly<Record<string, unknown>>;
type Write<T = unknown> = (view: BebopView, value: T) => void;

/** @param path where the object is in a fact, with its dot, for people */
export function recordWriter(fields: readonly Field[], path = ""): Write<JsonObject> {
  const layout = layoutOf(fields);
  const plan = ({ key, type }: Field) => ({
    get: getter(key, type.kind === "json"),
    write: valueWriter(type, path + key),
    path: path + key,
  });
  const always = layout.always.map(plan);
  const messages = layout.messages.map((message) => message.map(plan));
  return (view, record) => {
    for (const field of always) {
      const value = field.get(record);
      if (value === undefined) throw new InputError(`${field.path} is missing`);
      field.write(view, value);
    }
    for (const message of messages) {
      const place = view.reserveMessageLength();
      const start = view.length;
      for (let index = 0; index < message.length; index++) {
        const { get, write } = message[index] as (typeof message)[0];
        const value = get(record);
        if (value === undefined) continue;
        view.writeByte(index + 1);
        write(view, value);
      }
      view.writeByte(0);
      view.fillMessageLength(place, view.length - start);
    }
  };
}

/** A property, `undefined` where there is none; null is a value only of what is JSON text. */
function getter(key: string, keepsNull: boolean): (record: JsonObject) => unknown {
  // Every object inherits what some keys are called, such as `constructor`.
  const isInherited = key in Object.prototype;
  return (record) => {
    if (isInherited && !Object.hasOwn(record, key)) return undefined;
    const value = record[key];
    return value === null && !keepsNull ? undefined : value;
  };
}

function valueWriter(type: FieldType, path: string): Write {
  switch (type.kind) {
    case "boolean":
      return (view, value) => view.writeByte(value === true ? 1 : 0);
    case "double":
      return (view, value) => view.writeFloat64(value as number);
    case "int32":
      return (view, value) => view.writeInt32(value as number);
    case "uint32":
      return (view, value) => view.writeUint32(value as number);
    case "int64":
      return (view, value) => view.writeInt64(int64(value as number, path));
    case "string":
      return (view, value) => writeText(view, value as string, path);
    case "json":
      return (view, value) => writeText(view, jsonText(value), path);
    case "record":
      return recordWriter(type.fields, `${path}.`) as Write;
    case "list":
      return listWriter(type.items, path) as Write;
    case "map":
      return mapWriter(type.values, path) as Write;
  }
}

/** The library would take the half of a surrogate pair together with what is behind it, and lose both. */
function writeText(view: BebopView, text: string, path: string): void {
  if (!text.isWellFormed()) throw new InputError(`${path}: half of a surrogate pair`);
  view.writeString(text);
}

/** Whole numbers of 64 bits with a sign; an `InputError` says which field has one that needs more. */
function int64(value: number, path: string): bigint {
  if (value >= 2 ** 63 || value < -(2 ** 63)) {
    throw new InputError(`${path}: ${value} does not fit into 64 bits with a sign`);
  }
  return BigInt(value);
}

function itemWriter(value: Value, path: string): Write {
  if (!value.nullable) return valueWriter(value.type, path);
  const write = recordWriter([boxField(value)], `${path}.`);
  return (view, item) => write(view, { value: item });
}

function listWriter(items: Value, path: string): Write<readonly unknown[]> {
  const write = itemWriter(items, `${path}[]`);
  return (view, list) => {
    view.writeUint32(list.length);
    for (const item of list) write(view, item);
  };
}

function mapWriter(values: Value, path: string): Write<JsonObject> {
  const write = itemWriter(values, path);
  return (view, map) => {
    const keys = Object.keys(map);
    view.writeUint32(keys.length);
    for (const key of keys) {
      writeText(view, key, path);
      write(view, map[key]);
    }
  };
}
