import { Decoder, Encoder } from "cbor-x";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** Plain CBOR (RFC 8949), which any decoder of it reads: every object carries its keys. */
const codec: Codec = {
  name: "cbor-x",
  format: "cbor",
  fileExtension: "cbor",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "cbor-x",
  mode: "useRecords: false; encoder and decoder are reused",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  open: () => {
    const encoder = new Encoder({ useRecords: false });
    const decoder = new Decoder({ useRecords: false });
    return {
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
      decode: (bytes) => decoder.decode(bytes) as Fact,
    };
  },
};

export default codec;
