/** Structs and messages become facts. A count is believed only as far as there are bytes for it. */
import { BebopView } from "bebop";
import type { Fact } from "../../core/fact.js";
import type { Field, FieldType, Value } from "../../schema/fields.js";
import { put } from "../../schema/proto/stand-in.js";
import { boxField, layoutOf } from "./layout.js";

type Read<T = unknown> = (view: BebopView) => T;

export function factReader(fields: readonly Field[]): (bytes: Uint8Array) => Fact {
  const read = recordReader(fields);
  return (bytes) => {
    const view = BebopView.getInstance();
    view.startReading(bytes);
    const fact = read(view);
    if (view.index !== bytes.length) throw new Error("the fact does not end where its bytes do");
    return fact;
  };
}

function recordReader(fields: readonly Field[]): Read<Fact> {
  const layout = layoutOf(fields);
  const plan = ({ key, type, absence }: Field) => ({ key, read: valueReader(type), absence });
  const always = layout.always.map(plan);
  const messages = layout.messages.map((message) => message.map(plan));
  const nullable = fields.filter(({ absence }) => absence === "null");
  return (view) => {
    const record: Record<string, unknown> = {};
    for (const { key, read } of always) put(record, key, read(view));
    for (const message of messages) {
      view.readMessageLength();
      for (let number = view.readByte(); number !== 0; number = view.readByte()) {
        const field = message[number - 1];
        if (field === undefined) throw new Error("the fact has a field that its schema has not");
        put(record, field.key, field.read(view));
      }
    }
    for (const { key } of nullable) if (!Object.hasOwn(record, key)) put(record, key, null);
    return record;
  };
}

function valueReader(type: FieldType): Read {
  switch (type.kind) {
    case "boolean":
      return (view) => view.readByte() === 1;
    case "double":
      return (view) => view.readFloat64();
    case "int32":
      return (view) => view.readInt32();
    case "uint32":
      return (view) => view.readUint32();
    case "int64":
      return (view) => Number(view.readInt64());
    case "string":
      return (view) => view.readString();
    case "json":
      return (view) => JSON.parse(view.readString()) as unknown;
    case "record":
      return recordReader(type.fields);
    case "list":
      return listReader(type.items);
    case "map":
      return mapReader(type.values);
  }
}

function itemReader(value: Value): Read {
  if (!value.nullable) return valueReader(value.type);
  const read = recordReader([boxField(value)]);
  return (view) => read(view)["value"];
}

/** How many items follow; each takes a byte at least. */
function countOf(view: BebopView): number {
  const count = view.readUint32();
  if (count > view.length - view.index) throw new Error("the fact ends before its items do");
  return count;
}

function listReader(items: Value): Read {
  const read = itemReader(items);
  return (view) => {
    const count = countOf(view);
    const list: unknown[] = [];
    for (let index = 0; index < count; index++) list.push(read(view));
    return list;
  };
}

function mapReader(values: Value): Read {
  const read = itemReader(values);
  return (view) => {
    const map: Record<string, unknown> = {};
    for (let left = countOf(view); left > 0; left--) {
      const key = view.readString();
      put(map, key, read(view));
    }
    return map;
  };
}
