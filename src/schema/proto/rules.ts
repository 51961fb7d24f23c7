/** Rules by which a `.proto` carries what protobuf has no word for. */
export const PROTO_RULES = {
  union: "of several types, or missing, null or there: a message with a field for each type",
  list: "an array in an array or map, or that may be empty, missing or null: a message with the items",
  map: "a map in an array or map, or that may be empty, missing or null: a message with the entries",
  entries: "a map of such messages: a list of entries",
  any: "anything may come: a message that describes itself, with whole numbers and decimals apart",
  key: "a key that is no field name, or like another one: the key is an option of the field",
  rest: "other keys than the schema's may come: a map of anything (additionalProperties: false saves it)",
} as const;

export type ProtoRule = keyof typeof PROTO_RULES;

/** A rule that was used, and where: `players[].runs_log`. */
export interface UsedRule {
  readonly rule: ProtoRule;
  readonly text: string;
  readonly paths: readonly string[];
}
