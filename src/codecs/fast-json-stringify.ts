import build, { type Schema } from "fast-json-stringify";
import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
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
    if (schema === undefined) throw new InputError("fast-json-stringify needs a schema");
    const stringify = build(schema as Schema);
    return {
      encode: (fact, out) => out.utf8(stringify(fact)),
      decode: (bytes) => JSON.parse(utf8ToString(bytes)) as Fact,
    };
  },
};

export default codec;
