/** Facts become structs and messages, in the order in which Bebop has them. */
import type { BebopView } from "bebop";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/json-text.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { checked64, getterOf, type JsonObject } from "../../schema/record-values.js";
import { boxField, layoutOf } from "./layout.js";

type Write<T = unknown> = (view: BebopView, value: T) => void;

/** @param path where the object is in a fact, with its dot, for people */
export function recordWriter(fields: readonly Field[], path = ""): Write<JsonObject> {
  const layout = layoutOf(fields);
  const plan = ({ key, type }: Field) => ({
    get: getterOf(key, type.kind === "json"),
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
      return (view, value) => view.writeInt64(BigInt(checked64(value as number, path)));
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
