import { CborEncoderFast } from "@jsonjoy.com/json-pack/lib/cbor/CborEncoderFast.js";
import { Decoder } from "cbor-x";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/**
 * Plain CBOR (RFC 8949) by an encoder that is written for plain JSON values. The library's own decoder is not
 * used: it goes on behind the end of bytes that were cut off, and never ends with some that are random.
 */
const codec: Codec = {
  name: "json-pack-cbor",
  format: "cbor",
  fileExtension: "cbor",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "@jsonjoy.com/json-pack",
  mode: "CborEncoderFast, reused; reads as cbor-x",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  decodesAs: "cbor-x",
  open: () => {
    const encoder = new CborEncoderFast();
    // The encoder writes large whole numbers as 64-bit integers, which would come back as BigInt.
    const options = { useRecords: false, int64AsNumber: true };
    const decoder = new Decoder(options);
    return {
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
      decode: (bytes) => decoder.decode(bytes) as Fact,
    };
  },
};

export default codec;
