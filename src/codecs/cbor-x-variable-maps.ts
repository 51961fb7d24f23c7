import { Decoder, Encoder } from "cbor-x";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** Plain CBOR (RFC 8949) whose maps say their size in as few bytes as it takes: two less for each small object. */
const codec: Codec = {
  name: "cbor-x-variable-maps",
  format: "cbor",
  fileExtension: "cbor",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "cbor-x",
  mode: "useRecords: false, variableMapSize: true; encoder and decoder are reused",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  decodesAs: "cbor-x",
  open: () => {
    const encoder = new Encoder({ useRecords: false, variableMapSize: true });
    const decoder = new Decoder({ useRecords: false });
    return {
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
      decode: (bytes) => decoder.decode(bytes) as Fact,
    };
  },
};

export default codec;
