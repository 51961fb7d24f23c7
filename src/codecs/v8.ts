import { deserialize, serialize } from "node:v8";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** The engine's own structured clone: any value that it has, in a form that only it reads. */
const codec: Codec = {
  name: "v8",
  format: "v8",
  fileExtension: "v8",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: null,
  mode: "v8.serialize and v8.deserialize; every object carries its keys",
  // How the engine keeps a number or a string at the moment, it writes: 5 as an integer or as a double.
  deterministic: false,
  losses: [],
  abilities: ["encode", "decode"],
  open: () => ({
    encode: (fact, out) => out.bytes(serialize(fact)),
    decode: (bytes) => deserialize(bytes) as Fact,
  }),
};

export default codec;
