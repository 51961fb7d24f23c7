import { join } from "node:path";
import type { FactCheck } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { factCheck } from "../schema/check.js";
import { SchemaInference, type Decisions } from "../schema/infer.js";
import { unsureLine } from "../schema/key-marks.js";
import { deriveProto } from "../schema/proto.js";
import { writeWhole } from "../sinks/file.js";
import { readSchema } from "../sources/schema-file.js";
import type { Pool } from "./pool.js";
import type { PayloadPlan } from "./payload.js";

/** The schema of a user's facts, and how it came to be. */
export interface PayloadSchema {
  readonly schema: JsonSchema;
  /** In a few words: `inferred from the 30 facts of the pool`. */
  readonly origin: string;
  /** Where it is unsure whether keys are data, in one line. */
  readonly unsure?: string;
}

/** A schema with what is to be said of it. */
function described(schema: JsonSchema, origin: string): PayloadSchema {
  const unsure = unsureLine(schema);
  return { schema, origin, ...(unsure !== undefined && { unsure }) };
}

/** A schema that a user gives, with the check that every fact has to pass. */
export function givenSchema(path: string): PayloadSchema & { readonly check: FactCheck } {
  const schema = readSchema(path);
  const check = factCheck(schema, path);
  return { ...described(schema, `given by ${path}`), check };
}

/**
 * The schema of the facts that will be measured. Throws an `InputError` for a decision about a path
 * that they do not have.
 */
export function inferredSchema({ facts }: Pool, decisions?: Decisions): PayloadSchema {
  const inference = new SchemaInference(decisions === undefined ? {} : { decisions });
  for (const fact of facts) inference.observe(fact);
  const { length } = facts;
  const origin = `inferred from ${length === 1 ? "the one fact" : `the ${length} facts`} measured`;
  return described(inference.result().schema, origin);
}

/** Leaves the schema of a user's facts beside what is made with it. */
export function saveSchema(payload: PayloadPlan, folder: string): void {
  if (payload.kind !== "file") return;
  const text = `${JSON.stringify(payload.schema, null, 2)}\n`;
  writeWhole(join(folder, "schema.json"), Buffer.from(text), "none");
}

/** What protobuf has no word for in a schema, a line for each rule that carries it. */
export function carriedInProtobuf(schema: JsonSchema): string[] {
  return deriveProto(schema).rules.map(({ text, paths: [first = "", ...others] }) => {
    const where = others.length === 0 ? first : `${first} and ${others.length} more`;
    return `protobuf: ${where}: ${text}`;
  });
}
