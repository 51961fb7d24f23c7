import { Packr, RESET_BUFFER_MODE, Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { sequenceOf, STRETCH_BYTES } from "../core/sequence.js";

/** Plain MessagePack whose maps say their size in as few bytes as it takes: two less for each small object. */
const codec: Codec = {
  name: "msgpackr-variable-maps",
  format: "msgpack",
  fileExtension: "msgpack",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "msgpackr",
  mode: "useRecords: false, variableMapSize: true; the packer's buffer is reused",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  open: () => {
    const packr = new Packr({ useRecords: false, variableMapSize: true });
    const unpackr = new Unpackr({ useRecords: false });
    return {
      ...sequenceOf((bytes) => {
        const facts: Fact[] = [];
        let end = 0;
        unpackr.unpackMultiple(bytes, (fact, _, position) => {
          if (typeof fact !== "object" || fact === null) throw new Error("one is no object");
          facts.push(fact as Fact);
          end = position ?? bytes.length;
          return end < STRETCH_BYTES;
        });
        return { facts, end };
      }),
      encode: (fact, out) => out.bytes(packr.pack(fact, RESET_BUFFER_MODE)),
      decode: (bytes) => unpackr.unpack(bytes) as Fact,
    };
  },
};

export default codec;
