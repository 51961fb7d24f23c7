import { HellfactError } from "../../core/errors.js";

/** Messages of a derived `.proto` that stand for values of another kind, whichever library has them. */
interface StandInMessage {
  readonly name: string;
  readonly fields: Readonly<Record<string, { readonly map?: boolean }>>;
}

/** A way to turn a value into what stands for it, and back. */
export interface StandIn {
  readonly messageOf: (value: unknown) => object;
  readonly valueOf: (message: Record<string, unknown>) => unknown;
}

/** What a message does that stands for a value of another kind. */
export function standIn(type: StandInMessage, what: string): StandIn {
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
function unionOf({ name, fields }: StandInMessage): (value: unknown) => object {
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
