import { Packr, RESET_BUFFER_MODE, Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import { PLAIN_MESSAGE_PACK, readingOf } from "../core/sequence/message-pack.js";

/** Plain MessagePack: every object carries its keys. */
const codec: Codec = {
  name: "msgpackr",
  ...PLAIN_MESSAGE_PACK,
  npmPackage: "msgpackr",
  mode: "useRecords: false; the packer's buffer is reused",
  open: () => {
    const packr = new Packr({ useRecords: false });
    const unpackr = new Unpackr({ useRecords: false });
    return {
      ...readingOf(unpackr),
      encode: (fact, out) => out.bytes(packr.pack(fact, RESET_BUFFER_MODE)),
    };
  },
};

export default codec;
