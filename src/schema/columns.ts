import { schemaFor, type CodecOptions } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { valueOf, type Field } from "./fields.js";

/** Columns that carry every fact of a JSON Schema. */
export interface Columns {
  /**
   * One for each property of a fact: objects are structs, arrays are lists, data-keyed objects are maps,
   * and what `fields.ts` lists is JSON text.
   */
  readonly fields: readonly Field[];
  /** Whether the facts are no record, so that the one column is the whole fact. */
  readonly isWhole: boolean;
}

/** The columns of a JSON Schema, in the order of its properties. */
export function columnsFromJsonSchema(schema: JsonSchema): Columns {
  const { type, nullable } = valueOf(schema);
  if (type.kind === "record" && !nullable) return { fields: type.fields, isWhole: false };
  return { fields: [{ key: "fact", type: { kind: "json" }, absence: "never" }], isWhole: true };
}

/** Facts as records of typed fields, for a codec whose schema lies beside its file. */
export interface Records extends Pick<Columns, "fields"> {
  readonly recordOf: (fact: Fact) => Fact;
  readonly factOf: (record: Fact) => Fact;
  /** The schema itself, as text. */
  readonly sidecar: () => Uint8Array;
}

/** Throws an `InputError` where there is no schema, neither given nor beside the file. */
export function recordsFor(codec: string, { schema, sidecar }: CodecOptions): Records {
  const text =
    sidecar === undefined
      ? JSON.stringify(schemaFor(codec, schema))
      : Buffer.from(sidecar).toString();
  const { fields, isWhole } = columnsFromJsonSchema(JSON.parse(text) as JsonSchema);
  return {
    fields,
    recordOf: (fact) => (isWhole ? { fact } : fact),
    factOf: (record) => (isWhole ? (record["fact"] as Fact) : record),
    sidecar: () => Buffer.from(text),
  };
}
