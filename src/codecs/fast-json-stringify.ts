import build, { type Schema } from "fast-json-stringify";
import { schemaFor, type Codec } from "../core/codec.js";
import { firstLine, InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { utf8ToString } from "../core/text.js";

/** JSON written by a function compiled from the schema, read by JSON.parse. */
const codec: Codec = {
  name: "fast-json-stringify",
  format: "json",
  fileExtension: "ndjson",
  framing: "newline",
  layout: "row",
  needsSchema: true,
  npmPackage: "fast-json-stringify",
  mode: "one function compiled from the JSON Schema; JSON.parse to read",
  losses: ["negative-zero"],
  abilities: ["encode", "decode"],
  decodesAs: "json",
  open: ({ schema }) => {
    const stringify = compiled(withoutInherited(schemaFor("fast-json-stringify", schema)));
    return {
      encode: (fact, out) => out.utf8(stringify(fact)),
      decode: (bytes) => JSON.parse(utf8ToString(bytes)) as Fact,
    };
  },
};

/**
 * Patterns choose between alternatives, and the library matches them by an engine that a text can keep busy for
 * ever: schemas with such choices are left to JSON.stringify.
 */
function compiled(schema: JsonSchema): (fact: Fact) => string {
  const text = JSON.stringify(schema);
  const isChosenByPattern =
    text.includes('"patternProperties"') ||
    (text.includes('"pattern"') && /"(?:anyOf|oneOf|allOf|if|not)"/.test(text));
  try {
    return build((isChosenByPattern ? {} : schema) as Schema);
  } catch (error) {
    throw new InputError(`fast-json-stringify cannot take this schema: ${firstLine(error)}.`);
  }
}

/**
 * The library takes a field that an object inherits, such as `constructor`, for one that it has, and in a
 * union loses one like `valueOf`. Objects with such fields are left to JSON.stringify.
 */
function withoutInherited(schema: JsonSchema): JsonSchema {
  const { properties = {} } = schema;
  if (Object.keys(properties).some((key) => key in Object.prototype)) return {};
  const inside = (one: JsonSchema | boolean) =>
    typeof one === "object" ? withoutInherited(one) : one;
  const { additionalProperties, items, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(schema.properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, one]) => [key, withoutInherited(one)]),
      ),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties: inside(additionalProperties),
    }),
    ...(items !== undefined && { items: inside(items) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map(withoutInherited) }),
    ...(oneOf !== undefined && { oneOf: oneOf.map(withoutInherited) }),
  };
}

export default codec;
