import { Decoder, Encoder } from "@msgpack/msgpack";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { sequenceOf } from "../core/sequence.js";

/** Plain MessagePack by the library of the format's own project. */
const codec: Codec = {
  name: "msgpack",
  format: "msgpack",
  fileExtension: "msgpack",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "@msgpack/msgpack",
  mode: "Encoder and Decoder, both reused; encodeSharedRef, so that nothing is copied twice",
  losses: ["negative-zero", "byte-order-mark", "proto-key"],
  abilities: ["encode", "decode"],
  open: () => {
    const encoder = new Encoder();
    const decoder = new Decoder();
    return {
      ...sequenceOf((bytes) => {
        const facts: Fact[] = [];
        for (const fact of decoder.decodeMulti(bytes)) {
          if (typeof fact !== "object" || fact === null) throw new Error("one is no object");
          facts.push(fact as Fact);
        }
        return { facts, end: bytes.length };
      }),
      encode: (fact, out) => out.bytes(encoder.encodeSharedRef(fact)),
      decode: (bytes) => decoder.decode(bytes) as Fact,
    };
  },
};

export default codec;
