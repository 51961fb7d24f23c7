import type { Codec } from "../core/codec.js";
import { valueAt, type Fact } from "../core/fact.js";
import { utf8ToString } from "../core/text.js";

/** What every runtime has: JSON.stringify and JSON.parse. */
const codec: Codec = {
  name: "json",
  format: "json",
  fileExtension: "ndjson",
  framing: "newline",
  layout: "row",
  needsSchema: false,
  npmPackage: null,
  mode: "JSON.stringify and JSON.parse; project parses everything, then picks",
  losses: ["negative-zero"],
  abilities: ["encode", "decode", "project"],
  compiledBy: "compiled-json",
  open: () => ({
    encode: (fact, out) => out.utf8(JSON.stringify(fact)),
    decode,
    project: (bytes, paths) => {
      const fact = decode(bytes);
      return paths.map((path) => valueAt(fact, path));
    },
  }),
};

const decode = (bytes: Uint8Array): Fact => JSON.parse(utf8ToString(bytes)) as Fact;

export default codec;
