import { Packr, RESET_BUFFER_MODE, Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** Plain MessagePack: every object carries its keys. */
const codec: Codec = {
  name: "msgpackr",
  format: "msgpack",
  fileExtension: "msgpack",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "msgpackr",
  mode: "useRecords: false; the packer's buffer is reused",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  open: () => {
    const packr = new Packr({ useRecords: false });
    const unpackr = new Unpackr({ useRecords: false });
    return {
      encode: (fact, out) => out.bytes(packr.pack(fact, RESET_BUFFER_MODE)),
      decode: (bytes) => unpackr.unpack(bytes) as Fact,
    };
  },
};

export default codec;
