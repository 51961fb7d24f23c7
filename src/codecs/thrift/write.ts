/** Facts become structs. */
import thrift from "thrift";
import { jsonText } from "../../core/json-text.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { checked64, getterOf, type JsonObject } from "../../schema/record-values.js";
import { checkFields, itemType, thriftType } from "./layout.js";
import type { Compact } from "./protocol.js";

type Write<T = unknown> = (protocol: Compact, value: T) => void;

/** @param path where the object is in a fact, with its dot, for people */
export function structWriter(fields: readonly Field[], path = ""): Write<JsonObject> {
  checkFields(fields);
  const plans = fields.map(({ key, type }, index) => ({
    key,
    number: index + 1,
    type: thriftType(type),
    get: getterOf(key, type.kind === "json"),
    write: valueWriter(type, path + key),
  }));
  return (protocol, record) => {
    protocol.writeStructBegin("");
    for (const { key, number, type, get, write } of plans) {
      const value = get(record);
      if (value === undefined) continue;
      protocol.writeFieldBegin(key, type, number);
      write(protocol, value);
      protocol.writeFieldEnd();
    }
    protocol.writeFieldStop();
    protocol.writeStructEnd();
  };
}

function valueWriter(type: FieldType, path: string): Write {
  switch (type.kind) {
    case "boolean":
      return (protocol, value) => protocol.writeBool(value === true);
    case "double":
      return (protocol, value) => protocol.writeDouble(value as number);
    case "int32":
      return (protocol, value) => protocol.writeI32(value as number);
    case "uint32":
    case "int64":
      return (protocol, value) => protocol.writeI64(checked64(value as number, path));
    case "string":
      return (protocol, value) => protocol.writeString(value as string);
    case "json":
      return (protocol, value) => protocol.writeString(jsonText(value));
    case "record":
      return structWriter(type.fields, `${path}.`) as Write;
    case "list":
      return listWriter(type.items, path) as Write;
    case "map":
      return mapWriter(type.values, path) as Write;
  }
}

function itemWriter(value: Value, path: string): Write {
  const write = valueWriter(itemType(value), path);
  return value.nullable ? (protocol, item) => write(protocol, { value: item }) : write;
}

function listWriter(items: Value, path: string): Write<readonly unknown[]> {
  const type = thriftType(itemType(items));
  const write = itemWriter(items, `${path}[]`);
  return (protocol, list) => {
    protocol.writeListBegin(type, list.length);
    for (const item of list) write(protocol, item);
    protocol.writeListEnd();
  };
}

function mapWriter(values: Value, path: string): Write<JsonObject> {
  const type = thriftType(itemType(values));
  const write = itemWriter(values, path);
  return (protocol, map) => {
    const keys = Object.keys(map);
    protocol.writeMapBegin(thrift.Thrift.Type.STRING, type, keys.length);
    for (const key of keys) {
      protocol.writeString(key);
      write(protocol, map[key]);
    }
    protocol.writeMapEnd();
  };
}
