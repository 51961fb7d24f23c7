/**
 * Schemas of facts, as `hellfact/schema`: inferred from facts (`SchemaInference`), checked (`factCheck`), and
 * derived (`avroFromJsonSchema`, `deriveProto`).
 */
export type { Fact, FactCheck } from "../core/fact.js";
export type { JsonSchema, KeysMark } from "../core/json-schema.js";
export { avroFromJsonSchema, type AvroSchema } from "./avro.js";
export { factCheck } from "./check.js";
export {
  SchemaInference,
  type Decisions,
  type Inferred,
  type InferenceOptions,
  type PathCertainty,
} from "./infer.js";
export { deriveProto, protoFromJsonSchema, type ProtoDerivation, type UsedRule } from "./proto.js";
export type { ProtoRule } from "./proto/rules.js";
