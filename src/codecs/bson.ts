import { deserialize, serialize } from "bson";
import type { Codec } from "../core/codec.js";

/** BSON, as MongoDB keeps documents: integers of 32 bits, and doubles for all other numbers. */
const codec: Codec = {
  name: "bson",
  format: "bson",
  fileExtension: "bson",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "bson",
  mode: "serialize and deserialize of the JavaScript driver, with their defaults",
  losses: ["lone-surrogate"],
  abilities: ["encode", "decode"],
  open: () => ({
    encode: (fact, out) => out.bytes(serialize(fact)),
    decode: (bytes) => deserialize(bytes),
  }),
};

export default codec;
