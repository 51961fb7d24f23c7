import * as arrow from "apache-arrow";
import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { columnsFromJsonSchema } from "../schema/columns.js";
import { recordReader } from "./arrow/readers.js";
import { fieldWriters } from "./arrow/writers.js";

/** What Arrow's buffers are aligned to. */
const ALIGNMENT_BYTES = 8;

/** Arrow's IPC streams: the columns of a batch as they lie in memory, schema included. */
const codec: Codec = {
  name: "arrow",
  format: "arrow",
  fileExtension: "arrows",
  framing: "length-delimited",
  layout: "columnar",
  needsSchema: true,
  npmPackage: "apache-arrow",
  mode: "batches as IPC streams; columns filled and read as typed arrays, not by its builders and rows",
  losses: ["lone-surrogate", "negative-zero"],
  abilities: ["encode", "decode"],
  open: ({ schema }) => {
    if (schema === undefined) throw new InputError("arrow needs a schema");
    const { fields, isWhole } = columnsFromJsonSchema(schema);
    const columns = fieldWriters(fields, false);
    const arrowSchema = new arrow.Schema(columns.map(({ field }) => field));
    const struct = new arrow.Struct(arrowSchema.fields);
    return {
      encodeBatch: (facts, out) => {
        for (const { key, column } of columns) {
          for (const fact of facts) column.add(isWhole ? fact : fact[key]);
        }
        const children = columns.map(({ column }) => column.take());
        const data = arrow.makeData({ type: struct, length: facts.length, nullCount: 0, children });
        const batch = new arrow.RecordBatch(arrowSchema, data);
        out.bytes(arrow.tableToIPC(new arrow.Table(arrowSchema, [batch]), "stream"));
      },
      decodeBatch: (bytes) => {
        const facts: Fact[] = [];
        for (const { data } of arrow.tableFromIPC(aligned(bytes)).batches) {
          const read = recordReader(data, fields);
          for (let index = 0; index < data.length; index++) {
            const fact = read(index);
            facts.push(isWhole ? (fact["fact"] as Fact) : fact);
          }
        }
        return facts;
      },
    };
  },
};

/** Bytes that begin where numbers may: a copy, where they do not. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % ALIGNMENT_BYTES === 0 ? bytes : new Uint8Array(bytes);
}

export default codec;
