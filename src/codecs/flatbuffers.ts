import { Builder } from "flatbuffers";
import type { Codec } from "../core/codec.js";
import { recordsFor } from "../schema/columns.js";
import { factReader } from "./flatbuffers/read.js";
import { tableWriter } from "./flatbuffers/write.js";

/**
 * FlatBuffers tables, by the calls that code from `flatc` makes. Its compiler is a binary; the tables follow the
 * JSON Schema instead, field by field in order: objects are tables, maps are vectors of tables with a key and a
 * value, a list whose items may be null or are lists has them in a table each, and what has no one type is JSON
 * text. The schema lies beside the file.
 */
const codec: Codec = {
  name: "flatbuffers",
  format: "flatbuffers",
  fileExtension: "fb",
  framing: "length-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "flatbuffers",
  mode: "one Builder reused, defaults left out, calls as flatc makes them; every field read, not lazily",
  losses: ["negative-zero", "lone-surrogate"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  sidecarExtension: "schema.json",
  open: (options) => {
    const { fields, recordOf, factOf, sidecar } = recordsFor("flatbuffers", options);
    const builder = new Builder(FIRST_BYTES);
    const write = tableWriter(builder, fields);
    const read = factReader(fields);
    return {
      encode: (fact, out) => {
        builder.clear();
        builder.finish(write(recordOf(fact)));
        out.bytes(builder.asUint8Array());
      },
      decode: (bytes) => factOf(read(bytes)),
      sidecar,
    };
  },
};

/** What the builder begins with; it doubles from there. */
const FIRST_BYTES = 65536;

export default codec;
