import type protobuf from "protobufjs";
import { HellfactError } from "../../core/errors.js";
import { put } from "../../schema/proto/stand-in.js";
import { replace } from "./stand-ins.js";

/** What the field for further keys is called as a property; a fact that has it is refused. */
export const REST = "\u0000 further keys";
/** A property that the compiled functions use themselves. */
const PRIVATE = "$unknowns";
const LENGTH_DELIMITED = 2;

/**
 * Teaches a type two things that its compiled functions do not do: to write a null where null is a
 * value of a field that may be missing, and to carry keys that have no field. A type that needs
 * neither stays as it is.
 */
export function carryRest(type: protobuf.Type): void {
  const fields = type.fieldsArray;
  const nullFields = fields.filter((field) => !field.required && takesNull(field.resolve()));
  const rest = type.fields[REST];
  if (nullFields.length === 0 && rest === undefined) return;
  const known = new Set(fields.map(({ name }) => name).filter((name) => name !== REST));
  replace(type, ({ encode, decode }) => ({
    encode: (value, writer, depth = 0) => {
      const fact = value as Record<string, unknown>;
      const out = encode(withoutPrivate(fact), writer, depth);
      for (const field of nullFields) {
        if (fact[field.name] === null) writeMessage(field, null, out, depth);
      }
      const others = rest === undefined ? [] : Object.keys(fact).filter((key) => !known.has(key));
      if (rest !== undefined && others.length > 0)
        writeMessage(rest, pick(fact, others), out, depth);
      return out;
    },
    decode: (reader, length, endGroup, depth) => {
      const fact = decode(reader, length, endGroup, depth) as Record<string, unknown>;
      if (rest === undefined || !Object.hasOwn(fact, REST)) return fact;
      const { [REST]: others, ...own } = fact;
      for (const [key, value] of Object.entries(others as object)) put(own, key, value);
      return own;
    },
  }));
}

/** Whether a field's type is a union that null is one of. */
function takesNull({ resolvedType, options }: protobuf.Field): boolean {
  if (resolvedType === null || !("fields" in resolvedType)) return false;
  return (
    options?.["(nullable)"] !== true &&
    resolvedType.options?.["(stands_for)"] === "union" &&
    resolvedType.fields["nothing"] !== undefined
  );
}

function writeMessage(field: protobuf.Field, value: unknown, out: protobuf.Writer, depth: number) {
  const type = field.resolvedType as unknown as {
    encode(value: unknown, writer: protobuf.Writer, depth: number): protobuf.Writer;
  };
  const tag = ((field.id << 3) | LENGTH_DELIMITED) >>> 0;
  type.encode(value, out.uint32(tag).fork(), depth + 1).ldelim();
}

function withoutPrivate(fact: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(fact, PRIVATE)) return fact;
  const { [PRIVATE]: _, ...others } = fact;
  return others;
}

function pick(fact: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of keys) {
    if (key === REST) throw new HellfactError(`the key ${JSON.stringify(REST)} is protobuf's own`);
    put(picked, key, fact[key]);
  }
  return picked;
}
