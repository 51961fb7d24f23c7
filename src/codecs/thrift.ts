import type { Codec } from "../core/codec.js";
import { recordsFor } from "../schema/columns.js";
import { Compact } from "./thrift/protocol.js";
import { structReader } from "./thrift/read.js";
import { structWriter } from "./thrift/write.js";

/**
 * Thrift's compact protocol, by the calls that code from Thrift's compiler makes. That is a binary; structs follow
 * the JSON Schema instead, whose fields have the numbers from 1 on: maps are maps, an item that may be null is a
 * struct of its own, and what has no one type is JSON text. The schema lies beside the file.
 */
const codec: Codec = {
  name: "thrift",
  format: "thrift-compact",
  fileExtension: "thrift",
  framing: "length-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "thrift",
  mode: "TCompactProtocol straight to and from our bytes; its doubles and lists of booleans mended",
  losses: ["negative-zero", "lone-surrogate"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  sidecarExtension: "schema.json",
  open: (options) => {
    const { fields, recordOf, factOf, sidecar } = recordsFor("thrift", options);
    const write = structWriter(fields);
    const read = structReader(fields);
    return {
      encode: (fact, out) => {
        const protocol = new Compact();
        protocol.writeTo(out);
        write(protocol, recordOf(fact));
      },
      decode: (bytes) => {
        const protocol = new Compact();
        protocol.readFrom(bytes);
        const fact = read(protocol);
        if (protocol.left > 0) throw new Error("the fact does not end where its bytes do");
        return factOf(fact);
      },
      sidecar,
    };
  },
};

export default codec;
