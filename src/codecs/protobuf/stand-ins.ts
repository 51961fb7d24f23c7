import type protobuf from "protobufjs";
import { HellfactError } from "../../core/errors.js";

/**
 * The functions that protobufjs compiles for a type. They call those of the types inside through the
 * type's own properties, so that others can stand there. `depth` is how many messages are around.
 */
interface Compiled {
  readonly encode: (value: unknown, writer?: protobuf.Writer, depth?: number) => protobuf.Writer;
  readonly decode: (
    reader: protobuf.Reader | Uint8Array,
    length?: number,
    endGroup?: number,
    depth?: number,
  ) => unknown;
}

/** A way to turn a value into what stands for it, and back. */
interface StandIn {
  readonly messageOf: (value: unknown) => object;
  readonly valueOf: (message: Record<string, unknown>) => unknown;
}

/** Lets a message stand for a value of another kind, wherever it is a field's type. */
export function standFor(type: protobuf.Type, what: string): void {
  const { messageOf, valueOf } = standIn(type, what);
  replace(type, ({ encode, decode }) => ({
    encode: (value, writer, depth) => encode(messageOf(value), writer, depth),
    decode: (reader, length, endGroup, depth) =>
      valueOf(decode(reader, length, endGroup, depth) as Record<string, unknown>),
  }));
}

/** Puts functions around the compiled ones of a type. */
export function replace(type: protobuf.Type, around: (compiled: Compiled) => Compiled): void {
  const compiled = type.setup() as unknown as Compiled;
  const { encode, decode } = compiled;
  Object.assign(type, around({ encode, decode }));
}

function standIn(type: protobuf.Type, what: string): StandIn {
  switch (what) {
    case "union":
      return { messageOf: unionOf(type), valueOf: unionValue };
    case "list":
      return { messageOf: (items) => ({ items }), valueOf: ({ items }) => items };
    case "map":
      return type.fields["entries"]?.map === true
        ? { messageOf: (entries) => ({ entries }), valueOf: ({ entries }) => entries }
        : {
            messageOf: (map) => ({ entries: entriesOf(map as Record<string, unknown>) }),
            valueOf: ({ entries }) => mapOf(entries as readonly Entry[]),
          };
    default:
      throw new HellfactError(`the .proto's ${type.name} stands for "${what}", which is unknown`);
  }
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

function entriesOf(map: Record<string, unknown>): Entry[] {
  return Object.keys(map).map((key) => ({ key, value: map[key] }));
}

function mapOf(entries: readonly Entry[]): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (const { key, value } of entries) put(map, key, value);
  return map;
}

/** Gives an object a property of its own, also where the key is one that objects inherit. */
export function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else object[key] = value;
}

/** A message with the one field set that takes a value. */
function unionOf({ name, fields }: protobuf.Type): (value: unknown) => object {
  const objectField = fields["record"] === undefined ? "map" : "record";
  return (value) => {
    const field = fieldFor(value, objectField);
    if (fields[field] === undefined) {
      throw new HellfactError(`${name} has no field for ${JSON.stringify(value).slice(0, 60)}`);
    }
    return { [field]: field === "nothing" ? true : value };
  };
}

function fieldFor(value: unknown, objectField: string): string {
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? "integer" : "number";
    case "string":
      return "text";
    default:
      if (value === null) return "nothing";
      return Array.isArray(value) ? "list" : objectField;
  }
}

function unionValue(message: Record<string, unknown>): unknown {
  for (const field in message) {
    if (Object.hasOwn(message, field)) return field === "nothing" ? null : message[field];
  }
  throw new HellfactError("a value of several types is empty: no field of it is set");
}
