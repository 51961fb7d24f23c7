/** What was inferred of facts: their schema, and how sure that is. */
import { Type, type Static } from "../../core/typebox.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { Amount, object, Strings } from "../../results/schema.js";

const Path = object({
  /** `[]` is any element, `{}` the value behind any key: `players[].kills`, `items{}`. */
  path: Type.String(),
  /** What was seen, with the range of integers: `integer 0 to 186, null`. */
  type: Type.String(),
  /** Facts in which it was seen, and values. */
  facts: Amount,
  values: Amount,
  /** In how many of the objects that could have it, it is there; 1 for what is no field. */
  share: Amount,
  /** What was guessed, and from what; or "". */
  note: Type.String(),
  /** Whether the rule is unsure if keys are data. */
  unsure: Type.Optional(Type.Boolean()),
});

const inferenceSchema = object({
  ...envelope("infer", 2),
  source: Type.String(),
  facts: Amount,
  paths: Type.Array(Path),
  /** How protobuf carries what it has no word for, and where. */
  protobuf: Type.Array(object({ text: Type.String(), paths: Strings })),
  schema: Type.Unsafe<JsonSchema>(Type.Object({})),
});

export type InferenceDocument = Static<typeof inferenceSchema>;

export const inferenceType: DocumentType<InferenceDocument> = {
  kind: "infer",
  version: 2,
  title: "an inferred schema",
  schema: inferenceSchema,
};
