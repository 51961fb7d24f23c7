import { MsgPackEncoderFast } from "@jsonjoy.com/json-pack/lib/msgpack/MsgPackEncoderFast.js";
import { Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { sequenceOf, STRETCH_BYTES } from "../core/sequence.js";

/**
 * Plain MessagePack by an encoder that is written for plain JSON values. The library's own decoder is not
 * used: it never ends with some bytes that are random.
 */
const codec: Codec = {
  name: "json-pack-msgpack",
  format: "msgpack",
  fileExtension: "msgpack",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "@jsonjoy.com/json-pack",
  mode: "MsgPackEncoderFast, reused; reads as msgpackr",
  losses: ["negative-zero", "lone-surrogate", "proto-key"],
  abilities: ["encode", "decode"],
  decodesAs: "msgpackr",
  open: () => {
    const encoder = new MsgPackEncoderFast();
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
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
      decode: (bytes) => unpackr.unpack(bytes) as Fact,
    };
  },
};

export default codec;
