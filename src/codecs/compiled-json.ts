import { compileWriter } from "../compiled-json/writer/compile.js";
import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { utf8ToString } from "../core/text.js";

/** JSON written into bytes by a function compiled from the schema. */
const codec: Codec = {
  name: "compiled-json",
  format: "json",
  fileExtension: "ndjson",
  framing: "newline",
  layout: "row",
  needsSchema: true,
  npmPackage: null,
  mode: "a writer compiled from the JSON Schema, straight into bytes",
  losses: ["negative-zero"],
  abilities: ["encode", "decode"],
  open: ({ schema }) => {
    if (schema === undefined) throw new InputError("compiled-json needs a schema");
    return {
      encode: compileWriter(schema),
      decode: (bytes) => JSON.parse(utf8ToString(bytes)) as Fact,
    };
  },
};

export default codec;
