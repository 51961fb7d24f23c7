import { schemaFor, type Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { columnsFromJsonSchema } from "../schema/columns.js";
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
  open: ({ schema, sidecar }) => {
    const text =
      sidecar === undefined
        ? JSON.stringify(schemaFor("bebop", schema))
        : Buffer.from(sidecar).toString();
    const { fields, isWhole } = columnsFromJsonSchema(JSON.parse(text) as JsonSchema);
    const write = recordWriter(fields);
    const read = factReader(fields);
    return {
      encode: (fact, out) => {
        const view = openWriting();
        write(view, isWhole ? { fact } : fact);
        out.bytes(view.toArray());
      },
      decode: (bytes) => {
        const fact = read(bytes);
        return isWhole ? (fact["fact"] as Fact) : fact;
      },
      sidecar: () => Buffer.from(text),
    };
  },
};

export default codec;
