import type { Profile } from "../../generators/profile.js";
import type { Fact, Path } from "../core/fact.js";
import { fileSource } from "../sources/file.js";
import { givenSchema, inferredSchema } from "./payload-schema.js";
import { openPayload } from "./payload.js";
import { collectPool, someFields, type Pool } from "./pool.js";
import type { PayloadPlan } from "./payload.js";

/** Which facts to measure with. */
export interface PayloadWishes {
  readonly seed: number;
  /** The world whose facts the generator makes. */
  readonly profile: Profile;
  /** A user's file, or `null` for the generator. */
  readonly input: string | null;
  /** A file with the JSON Schema of the user's facts, or `null` to infer one. */
  readonly schema: string | null;
  /** Facts in the pool, or `null` for enough to outgrow the caches. */
  readonly facts: number | null;
}

export interface ChosenPayload {
  readonly payload: PayloadPlan;
  readonly sourceName: string;
  readonly pool: Pool;
  /** What `project` reads. */
  readonly fields: readonly Path[];
  /** Where the schema of a user's facts comes from, in a few words. */
  readonly schemaOrigin: string | null;
}

/**
 * The facts to measure with, and the schema that codecs which need one are given. Rejects with an
 * `InputError` if the file or its schema is wrong.
 */
export async function choosePayload(wishes: PayloadWishes): Promise<ChosenPayload> {
  const { input, schema: schemaFile, seed, profile, facts } = wishes;
  if (input === null) {
    const payload: PayloadPlan = { kind: "generator", seed, profile };
    const source = await openPayload(payload);
    const pool = await collectPool(source, facts);
    const { name: sourceName, fields = [] } = source;
    return { payload, sourceName, pool, fields, schemaOrigin: null };
  }
  const given = schemaFile === null ? undefined : await givenSchema(schemaFile);
  const pool = await collectPool(fileSource(input, given?.check), facts);
  const { schema, origin } = given ?? inferredSchema(pool);
  const payload: PayloadPlan = { kind: "file", path: input, schema };
  const fields = someFields(pool.facts[0] as Fact);
  return { payload, sourceName: input, pool, fields, schemaOrigin: origin };
}
