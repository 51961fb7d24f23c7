import type { JsonSchema } from "../core/json-schema.js";
import { Derivation } from "./proto/derivation.js";
import { readProto } from "./proto/previous.js";
import { PROTO_RULES, type ProtoRule, type UsedRule } from "./proto/rules.js";

export type { UsedRule } from "./proto/rules.js";
export { unquotedKey } from "./proto/names.js";

/** Field options by which a `.proto` says what JSON can and protobuf alone cannot. */
const EXTENSION = `
import "google/protobuf/descriptor.proto";

extend google.protobuf.FieldOptions {
  // The field is always there, and null: absent on the wire means null.
  optional bool nullable = 50000;
  // The array or map may be missing: empty on the wire means missing.
  optional bool omittable = 50001;
}
`;

/** Said only where they are used. */
const KEY_EXTENSION = `
extend google.protobuf.FieldOptions {
  // The key, where the field's name is another one; %0022 is the UTF-16 unit with that number.
  optional string key = 50002;
  // Keys of the object that have no field of their own.
  optional bool rest = 50003;
}
`;

const MESSAGE_EXTENSION = `
extend google.protobuf.MessageOptions {
  // What the message stands for: "union" is the value of its one field that is set, "list" the array
  // of its items, "map" the object of its entries.
  optional string stands_for = 50000;
}
`;

export interface ProtoDerivation {
  /** The whole file. */
  readonly proto: string;
  /** What was carried by a rule, because protobuf has no word for it. */
  readonly rules: readonly UsedRule[];
}

/**
 * A `.proto` (proto2) that carries every fact of a JSON Schema.
 *
 * Objects become messages, named by the keys that lead to them; data-keyed objects become maps;
 * arrays become repeated fields, packed where they hold numbers. A required property is `required`,
 * so that zeros and empty strings are there again after decoding. Integers take the narrowest type
 * that their minimum and maximum allow, and 64 bits without them. Fields are numbered in the order
 * of the schema's properties. Options say the rest, and `rules` what they were needed for.
 *
 * @param previous an earlier `.proto` of the same facts, whose fields keep their numbers
 */
export function deriveProto(schema: JsonSchema, previous?: string): ProtoDerivation {
  const derivation = new Derivation(
    schema,
    previous === undefined ? undefined : readProto(previous),
  );
  derivation.fact();
  const used = [...derivation.rules].map(([rule, paths]): UsedRule => {
    return { rule, text: PROTO_RULES[rule], paths: [...paths] };
  });
  const needs = (...rules: ProtoRule[]) => rules.some((rule) => derivation.rules.has(rule));
  const extensions = [
    EXTENSION,
    needs("key", "rest") ? KEY_EXTENSION : "",
    needs("union", "list", "map", "any", "rest", "entries") ? MESSAGE_EXTENSION : "",
  ].join("");
  const messages = derivation.messages.join("\n\n");
  const proto = `syntax = "proto2";\n\npackage hellfact;\n${extensions}\n${messages}\n`;
  return { proto, rules: used };
}

/** The text of `deriveProto` alone. */
export function protoFromJsonSchema(schema: JsonSchema): string {
  return deriveProto(schema).proto;
}
