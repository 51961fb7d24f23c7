import { Packr, RESET_BUFFER_MODE, Unpackr } from "msgpackr";
import type { Codec } from "../core/codec.js";
import { PLAIN_MESSAGE_PACK, readingOf } from "../core/sequence/message-pack.js";

/** Plain MessagePack whose maps say their size in as few bytes as it takes: two less for each small object. */
const codec: Codec = {
  name: "msgpackr-variable-maps",
  ...PLAIN_MESSAGE_PACK,
  npmPackage: "msgpackr",
  mode: "useRecords: false, variableMapSize: true; the packer's buffer is reused",
  open: () => {
    const packr = new Packr({ useRecords: false, variableMapSize: true });
    const unpackr = new Unpackr({ useRecords: false });
    return {
      ...readingOf(unpackr),
      encode: (fact, out) => out.bytes(packr.pack(fact, RESET_BUFFER_MODE)),
    };
  },
};

export default codec;
