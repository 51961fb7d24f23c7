import { MsgPackDecoder } from "@jsonjoy.com/json-pack/lib/msgpack/MsgPackDecoder.js";
import { MsgPackEncoderFast } from "@jsonjoy.com/json-pack/lib/msgpack/MsgPackEncoderFast.js";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { sequenceOf, STRETCH_BYTES } from "../core/sequence.js";

/** Plain MessagePack by an encoder that is written for plain JSON values. */
const codec: Codec = {
  name: "json-pack-msgpack",
  format: "msgpack",
  fileExtension: "msgpack",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "@jsonjoy.com/json-pack",
  mode: "MsgPackEncoderFast and MsgPackDecoder, both reused",
  losses: ["negative-zero", "lone-surrogate"],
  abilities: ["encode", "decode"],
  open: () => {
    const encoder = new MsgPackEncoderFast();
    const decoder = new MsgPackDecoder();
    return {
      ...sequenceOf((bytes) => {
        const { reader } = decoder;
        const facts: Fact[] = [];
        reader.reset(bytes);
        while (reader.x < bytes.length && reader.x < STRETCH_BYTES) {
          const fact = decoder.readAny();
          if (typeof fact !== "object" || fact === null) throw new Error("one is no object");
          if (reader.x > bytes.length) throw new Error("the bytes end inside a fact");
          facts.push(fact as Fact);
        }
        return { facts, end: reader.x };
      }),
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
      decode: (bytes) => decoder.decode(bytes) as Fact,
    };
  },
};

export default codec;
