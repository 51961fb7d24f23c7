/** Structs become facts. A count is believed only as far as there are bytes for it. */
import thrift from "thrift";
import type { Fact } from "../../core/fact.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { put } from "../../schema/proto/stand-in.js";
import { checkFields, itemType, thriftType } from "./layout.js";
import type { Compact } from "./protocol.js";

const { Type } = thrift.Thrift;

type Read<T = unknown> = (protocol: Compact) => T;

export function structReader(fields: readonly Field[]): Read<Fact> {
  checkFields(fields);
  const plans = fields.map(({ key, type }) => ({
    key,
    type: thriftType(type),
    read: valueReader(type),
  }));
  const others = fields.filter(({ absence }) => absence !== "missing");
  return (protocol) => {
    const record: Record<string, unknown> = {};
    protocol.readStructBegin();
    for (;;) {
      const { ftype, fid } = protocol.readFieldBegin();
      if (ftype === Type.STOP) break;
      const plan = plans[fid - 1];
      if (plan?.type !== ftype) throw new Error(`the schema has no field ${fid} of that type`);
      put(record, plan.key, plan.read(protocol));
      protocol.readFieldEnd();
    }
    protocol.readStructEnd();
    for (const { key, absence } of others) {
      if (Object.hasOwn(record, key)) continue;
      if (absence === "never") throw new Error(`the fact has no ${key}`);
      put(record, key, null);
    }
    return record;
  };
}

function valueReader(type: FieldType): Read {
  switch (type.kind) {
    case "boolean":
      return (protocol) => protocol.readBool();
    case "double":
      return (protocol) => protocol.readDouble();
    case "int32":
      return (protocol) => protocol.readI32();
    case "uint32":
    case "int64":
      return (protocol) => protocol.readI64().toNumber(true);
    case "string":
      return (protocol) => protocol.readString();
    case "json":
      return (protocol) => JSON.parse(protocol.readString()) as unknown;
    case "record":
      return structReader(type.fields);
    case "list":
      return listReader(type.items);
    case "map":
      return mapReader(type.values);
  }
}

function itemReader(value: Value): Read {
  // The library's own reading (0.24) takes each of them for false.
  if (value.type.kind === "boolean" && !value.nullable) {
    return (protocol) => protocol.readByte() === 1;
  }
  const read = valueReader(itemType(value));
  return value.nullable ? (protocol) => (read(protocol) as Fact)["value"] : read;
}

/** Every item takes a byte at least. */
function checkCount(count: number, protocol: Compact): void {
  if (count > protocol.left) throw new Error("the fact ends before its items do");
}

function listReader(items: Value): Read {
  const read = itemReader(items);
  const type = thriftType(itemType(items));
  return (protocol) => {
    const { etype, size } = protocol.readListBegin();
    if (size > 0 && etype !== type) throw new Error("a list's items are of another type");
    checkCount(size, protocol);
    const list: unknown[] = [];
    for (let index = 0; index < size; index++) list.push(read(protocol));
    protocol.readListEnd();
    return list;
  };
}

function mapReader(values: Value): Read {
  const read = itemReader(values);
  const type = thriftType(itemType(values));
  return (protocol) => {
    const { ktype, vtype, size } = protocol.readMapBegin();
    if (size > 0 && (ktype !== Type.STRING || vtype !== type)) {
      throw new Error("a map's entries are of another type");
    }
    checkCount(size, protocol);
    const map: Record<string, unknown> = {};
    for (let left = size; left > 0; left--) {
      const key = protocol.readString();
      put(map, key, read(protocol));
    }
    protocol.readMapEnd();
    return map;
  };
}
