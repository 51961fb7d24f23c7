import type { Profile } from "../../generators/profile.js";
import type { Fact, Path } from "../core/fact.js";
import { inputSource, openInput, type Input } from "../sources/input.js";
import type { Source } from "../core/source.js";
import { spoolFacts } from "../sources/spool.js";
import type { Decisions } from "../schema/infer.js";
import { givenSchema, inferredSchema } from "./payload-schema.js";
import { openPayload } from "./payload.js";
import { collectPool, MAX_POOL_BYTES, someFields, type Pool } from "./pool.js";
import type { PayloadPlan } from "./payload.js";

/** More than any number of facts is worth. */
const MAX_SPOOLED_BYTES = 1_000_000_000;

/** Which facts to measure with. */
export interface PayloadWishes {
  readonly seed: number;
  /** The world whose facts the generator makes. */
  readonly profile: Profile;
  /** A user's files, patterns of their names, or `-`; `null` for the generator. */
  readonly input: readonly string[] | null;
  /** A file with the JSON Schema of the user's facts, or `null` to infer one. */
  readonly schema: string | null;
  /** Facts in the pool, or `null` for enough to outgrow the caches. */
  readonly facts: number | null;
  /** Which objects are maps, and which records, by a person's word; for a schema that is inferred. */
  readonly decisions?: Decisions;
}

export interface ChosenPayload {
  readonly payload: PayloadPlan;
  readonly sourceName: string;
  readonly pool: Pool;
  /** What making the pool took, from the first fact to the last. */
  readonly poolSeconds: number;
  /** What `project` reads. */
  readonly fields: readonly Path[];
  /** Where the schema of a user's facts comes from, in a few words. */
  readonly schemaOrigin: string | null;
  /** Where that schema is unsure whether keys are data, in one line. */
  readonly schemaUnsure?: string;
  /** The user's files. */
  readonly input?: Input;
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
    const { pool, poolSeconds } = await timedPool(source, facts);
    const { name: sourceName, fields = [] } = source;
    return { payload, sourceName, pool, poolSeconds, fields, schemaOrigin: null };
  }
  const given = schemaFile === null ? undefined : givenSchema(schemaFile);
  const opened = await openInput(input, spoolLimit(facts));
  const { pool, poolSeconds } = await timedPool(inputSource(opened, given?.check), facts);
  const { schema, origin, unsure } = given ?? inferredSchema(pool, wishes.decisions);
  return {
    payload: { kind: "file", ...readAgain(opened, pool), schema },
    sourceName: opened.name,
    ...{ pool, poolSeconds },
    fields: someFields(pool.facts[0] as Fact),
    schemaOrigin: origin,
    ...(unsure !== undefined && { schemaUnsure: unsure }),
    input: opened,
  };
}

async function timedPool(source: Source, facts: number | null) {
  const start = performance.now();
  const pool = await collectPool(source, facts);
  return { pool, poolSeconds: (performance.now() - start) / 1000 };
}

/** No more of standard input than a pool takes. */
function spoolLimit(facts: number | null) {
  return facts === null ? { bytes: MAX_POOL_BYTES } : { bytes: MAX_SPOOLED_BYTES, facts };
}

/**
 * Where trials find the same facts: in the files, if they are JSON; the facts of tables in a copy, so
 * that no trial takes the time of reading a table.
 */
function readAgain({ files }: Input, { facts }: Pool): { path: string; files?: string[] } {
  const paths = files.map(({ path }) => path);
  const [path = ""] = paths;
  if (files.some(({ format }) => format !== "json")) return { path: spoolFacts(facts) };
  return paths.length === 1 ? { path } : { path, files: paths };
}
