import { compileReader } from "../compiled-json/reader/compile.js";
import { settlingWriter } from "../compiled-json/writer/compile.js";
import { schemaFor, type Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** JSON written and read by functions compiled from the schema. */
const codec: Codec = {
  name: "compiled-json",
  format: "json",
  fileExtension: "ndjson",
  framing: "newline",
  layout: "row",
  needsSchema: true,
  npmPackage: null,
  mode:
    "a writer compiled from the JSON Schema and a parser in WebAssembly, straight to and from bytes; " +
    "JSON.stringify and JSON.parse where they turn out to be faster; " +
    "project skips, and checks what it skips",
  losses: ["negative-zero"],
  abilities: ["encode", "decode", "project"],
  open: (options) => {
    const schema = schemaFor("compiled-json", options.schema);
    const reader = compileReader(schema);
    const writer = settlingWriter(schema);
    return {
      encode: writer.write,
      decode: (bytes) => reader.read(bytes) as Fact,
      project: reader.project,
      isSettled: () => reader.isSettled() && writer.isSettled(),
    };
  },
};

export default codec;
