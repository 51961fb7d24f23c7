import { CborDecoder } from "@jsonjoy.com/json-pack/lib/cbor/CborDecoder.js";
import { CborEncoderFast } from "@jsonjoy.com/json-pack/lib/cbor/CborEncoderFast.js";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** Plain CBOR (RFC 8949) by an encoder that is written for plain JSON values. */
const codec: Codec = {
  name: "json-pack-cbor",
  format: "cbor",
  fileExtension: "cbor",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "@jsonjoy.com/json-pack",
  mode: "CborEncoderFast and CborDecoder, both reused",
  losses: ["negative-zero", "lone-surrogate"],
  abilities: ["encode", "decode"],
  open: () => {
    const encoder = new CborEncoderFast();
    const decoder = new CborDecoder();
    return {
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
      decode: (bytes) => decoder.decode(bytes) as Fact,
    };
  },
};

export default codec;
