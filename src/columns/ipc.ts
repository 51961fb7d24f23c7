import * as arrow from "apache-arrow";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { columnsFromJsonSchema } from "../schema/columns.js";
import { recordReader } from "./readers.js";
import { streamCheck } from "./untrusted.js";
import { fieldWriters } from "./writers.js";

/** What Arrow's buffers are aligned to. */
const ALIGNMENT_BYTES = 8;

/** Batches of facts as Arrow's IPC streams, and back. */
export interface BatchTranslation {
  /** The stream of one batch, schema included. */
  readonly toIpc: (facts: readonly Fact[]) => Uint8Array;
  /** The facts of a stream; they do not point into it. It has to be whole: see `check`. */
  readonly fromIpc: (stream: Uint8Array) => Fact[];
  /** Throws an `Error` where a stream is not one that `toIpc` can have made, as far as metadata say. */
  readonly check: (stream: Uint8Array) => void;
}

/** Columns for facts of a schema: they are filled and read as typed arrays, which are reused. */
export function batchTranslation(schema: JsonSchema): BatchTranslation {
  const { fields, isWhole } = columnsFromJsonSchema(schema);
  const columns = fieldWriters(fields, false);
  const arrowSchema = new arrow.Schema(columns.map(({ field }) => field));
  const struct = new arrow.Struct(arrowSchema.fields);
  const toIpc = (facts: readonly Fact[]) => {
    for (const { key, column } of columns) {
      for (const fact of facts) column.add(isWhole ? fact : fact[key]);
    }
    const children = columns.map(({ column }) => column.take());
    const data = arrow.makeData({ type: struct, length: facts.length, nullCount: 0, children });
    const batch = new arrow.RecordBatch(arrowSchema, data);
    return arrow.tableToIPC(new arrow.Table(arrowSchema, [batch]), "stream");
  };
  let check: ReturnType<typeof streamCheck> | undefined;
  return {
    toIpc,
    // Made when something is read: whoever writes needs none.
    check: (stream) => (check ??= streamCheck(toIpc([])))(stream),
    fromIpc: (stream) => {
      const facts: Fact[] = [];
      for (const { data } of arrow.tableFromIPC(aligned(stream)).batches) {
        const read = recordReader(data, fields);
        for (let index = 0; index < data.length; index++) {
          const fact = read(index);
          facts.push(isWhole ? (fact["fact"] as Fact) : fact);
        }
      }
      return facts;
    },
  };
}

/** Bytes that begin where numbers may: a copy, where they do not. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % ALIGNMENT_BYTES === 0 ? bytes : new Uint8Array(bytes);
}
