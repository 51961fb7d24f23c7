/** Facts become tables. What a table refers to is written before it, as the format wants. */
import type { Builder } from "flatbuffers";
import { jsonText } from "../../core/json-text.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { checked64, getterOf, type JsonObject } from "../../schema/record-values.js";
import { boxFields, checkFields, entryFields, itemBytes, scalarOf, type Scalar } from "./layout.js";

/** Writes a value, and says where it stands. */
type Write<T = unknown> = (value: T) => number;

/** @param path where the object is in a fact, with its dot, for people */
export function tableWriter(
  builder: Builder,
  fields: readonly Field[],
  path = "",
): Write<JsonObject> {
  checkFields(fields);
  const count = fields.length;
  const scalars: { get: Get; add: (value: unknown) => void }[] = [];
  const others: { get: Get; slot: number; write: Write }[] = [];
  for (const [slot, { key, type, absence }] of fields.entries()) {
    const get = getterOf(key, type.kind === "json");
    const scalar = scalarOf(type);
    if (scalar === undefined) {
      others.push({ get, slot, write: valueWriter(builder, type, path + key) });
    } else {
      scalars.push({
        get,
        add: fieldAdder(builder, scalar, slot, absence === "never", path + key),
      });
    }
  }
  return (record) => {
    const places = others.map(({ get, write }) => {
      const value = get(record);
      return value === undefined ? 0 : write(value);
    });
    builder.startObject(count);
    for (const { get, add } of scalars) {
      const value = get(record);
      if (value !== undefined) add(value);
    }
    for (let index = 0; index < others.length; index++) {
      builder.addFieldOffset((others[index] as { slot: number }).slot, places[index] as number, 0);
    }
    return builder.endObject();
  };
}

type Get = (record: JsonObject) => unknown;

/** @param hasDefault whether 0 and false are what a missing field means, and so need no bytes */
function fieldAdder(
  builder: Builder,
  scalar: Scalar,
  slot: number,
  hasDefault: boolean,
  path: string,
): (value: unknown) => void {
  // No number is equal to it, so that none is left out.
  const usual = hasDefault ? 0 : (undefined as unknown as number);
  switch (scalar) {
    case "boolean":
      return (value) => builder.addFieldInt8(slot, value === true ? 1 : 0, usual);
    case "double":
      return (value) => builder.addFieldFloat64(slot, value as number, usual);
    case "int32":
    case "uint32":
      return (value) => builder.addFieldInt32(slot, value as number, usual);
    case "int64": {
      const usual64 = hasDefault ? 0n : (undefined as unknown as bigint);
      return (value) =>
        builder.addFieldInt64(slot, BigInt(checked64(value as number, path)), usual64);
    }
  }
}

function valueWriter(builder: Builder, type: FieldType, path: string): Write {
  switch (type.kind) {
    case "record":
      return tableWriter(builder, type.fields, `${path}.`) as Write;
    case "list":
      return listWriter(builder, type.items, path) as Write;
    case "map": {
      const entry = tableWriter(builder, entryFields(type.values), `${path}.`);
      return (map) =>
        vectorOfPlaces(
          builder,
          Object.entries(map as JsonObject).map(([key, value]) => entry({ key, value })),
        );
    }
    case "json":
      return (value) => builder.createString(jsonText(value));
    default:
      return (text) => builder.createString(text as string);
  }
}

function listWriter(builder: Builder, items: Value, path: string): Write<readonly unknown[]> {
  const box = boxFields(items);
  if (box !== undefined) {
    const write = tableWriter(builder, box, `${path}[].`);
    return (list) =>
      vectorOfPlaces(
        builder,
        list.map((value) => write({ value })),
      );
  }
  const scalar = scalarOf(items.type);
  if (scalar === undefined) {
    const write = valueWriter(builder, items.type, `${path}[]`);
    return (list) => vectorOfPlaces(builder, list.map(write));
  }
  const bytes = itemBytes(scalar);
  const add = itemAdder(builder, scalar, path);
  return (list) => {
    builder.startVector(bytes, list.length, bytes);
    for (let index = list.length - 1; index >= 0; index--) add(list[index]);
    return builder.endVector();
  };
}

function itemAdder(builder: Builder, scalar: Scalar, path: string): (value: unknown) => void {
  switch (scalar) {
    case "boolean":
      return (value) => builder.addInt8(value === true ? 1 : 0);
    case "double":
      return (value) => builder.addFloat64(value as number);
    case "int32":
    case "uint32":
      return (value) => builder.addInt32(value as number);
    case "int64":
      return (value) => builder.addInt64(BigInt(checked64(value as number, path)));
  }
}

function vectorOfPlaces(builder: Builder, places: readonly number[]): number {
  builder.startVector(4, places.length, 4);
  for (let index = places.length - 1; index >= 0; index--) {
    builder.addOffset(places[index] as number);
  }
  return builder.endVector();
}
