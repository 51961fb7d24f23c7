import { MsgPackEncoderFast } from "@jsonjoy.com/json-pack/lib/msgpack/MsgPackEncoderFast.js";
import { Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import { PLAIN_MESSAGE_PACK, readingOf } from "../core/sequence/message-pack.js";

/**
 * Plain MessagePack by an encoder that is written for plain JSON values. The library's own decoder is not
 * used: it never ends with some bytes that are random.
 */
const codec: Codec = {
  name: "json-pack-msgpack",
  ...PLAIN_MESSAGE_PACK,
  npmPackage: "@jsonjoy.com/json-pack",
  mode: "MsgPackEncoderFast, reused; reads as msgpackr",
  decodesAs: "msgpackr",
  open: () => {
    const encoder = new MsgPackEncoderFast();
    const unpackr = new Unpackr({ useRecords: false });
    return {
      ...readingOf(unpackr),
      encode: (fact, out) => out.bytes(encoder.encode(fact)),
    };
  },
};

export default codec;
