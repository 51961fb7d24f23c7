import type { Codec } from "../core/codec.js";
import { recordsFor } from "../schema/columns.js";
import { factReader } from "./bebop/read.js";
import { openWriting } from "./bebop/view.js";
import { recordWriter } from "./bebop/write.js";

/**
 * Bebop, by the calls that code from `bebopc` makes. Its compiler is a binary of 80 MB; records follow the JSON
 * Schema instead, field by field in order: what is always there is a struct, what may be absent a message behind
 * it, maps are maps, an item that may be null is a message of its own, and what has no one type is JSON text. The
 * schema lies beside the file.
 */
const codec: Codec = {
  name: "bebop",
  format: "bebop",
  fileExtension: "bebop",
  framing: "length-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "bebop",
  mode: "BebopView and its buffer reused; calls as bebopc makes them, from functions for each field",
  losses: ["negative-zero", "byte-order-mark"],
  refuses: ["integer-beyond-64-bits", "lone-surrogate"],
  abilities: ["encode", "decode"],
  sidecarExtension: "schema.json",
  open: (options) => {
    const { fields, recordOf, factOf, sidecar } = recordsFor("bebop", options);
    const write = recordWriter(fields);
    const read = factReader(fields);
    return {
      encode: (fact, out) => {
        const view = openWriting();
        write(view, recordOf(fact));
        out.bytes(view.toArray());
      },
      decode: (bytes) => factOf(read(bytes)),
      sidecar,
    };
  },
};

export default codec;
