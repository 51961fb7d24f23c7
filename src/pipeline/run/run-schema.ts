import type { Fact } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { factsOf, type RangedSource } from "../../core/ranged-source.js";
import { InputError, noFacts } from "../../core/errors.js";
import { factCheck } from "../../schema/check.js";
import { SchemaInference, type Decisions } from "../../schema/infer.js";
import { readSchema } from "../../sources/schema-file.js";
import { openSource } from "./worker/open-source.js";
import { notInferred } from "./worker/refusal.js";
import type { RunSchema, SourcePlan } from "./plan.js";

/** A file that is larger is looked at in so many stretches, evenly spread, of so many bytes. */
const STRETCHES = 64;
const STRETCH_BYTES = 1_000_000;
/** What can only be read from its start is looked at so far. */
const FIRST_FACTS = 10_000;
/** A hint takes so much: keys that come later are learned by the writer itself. */
const HINT_FACTS = 256;
const HINT_BYTES = 1_000_000;

/** A schema that a user gives for a run. Throws an `InputError` if it is none. */
export function givenRunSchema(path: string): RunSchema {
  const schema = readSchema(path);
  factCheck(schema, path);
  return { schema, origin: `given by ${path}` };
}

/**
 * Infers the schema of a run's input from a sample: all of a file of up to 64 MB, 64 stretches of a
 * larger one, the first 10,000 facts of what is compressed. Facts that do not fit it will be errors.
 *
 * Rejects with an `InputError` for standard input, which cannot be read twice, and for a decision about
 * a path that the sample does not have.
 */
export async function inferRunSchema(
  source: SourcePlan,
  codec: string,
  onError: "stop" | "skip",
  decisions?: Decisions,
): Promise<RunSchema> {
  if (source.kind === "generator") throw new Error("generated facts have a schema");
  if (source.kind !== "lines" && source.kind !== "events" && source.bytes === null) {
    throw new InputError(
      `${codec} needs a schema, and standard input cannot be read twice: give --schema FILE (hellfact infer makes one).`,
    );
  }
  const skip = onError === "skip" ? () => undefined : undefined;
  const input = await openSource(source, skip);
  const inference = new SchemaInference(decisions === undefined ? {} : { decisions });
  let facts = 0;
  for await (const fact of sampleOf(source, input)) {
    try {
      inference.observe(fact);
    } catch (error) {
      throw notInferred(error, input);
    }
    facts += 1;
  }
  if (facts === 0) throw noFacts(source.path);
  return { schema: inference.result().schema, origin: originOf(source, facts) };
}

/** What the first facts of an input look like, if it can be read twice: nothing has to fit it. */
export async function inferHint(source: SourcePlan): Promise<RunSchema | undefined> {
  if (source.kind === "generator") return undefined;
  if (source.kind === "stream" && source.bytes === null) return undefined;
  const inference = new SchemaInference();
  let facts = 0;
  let bytes = 0;
  try {
    const input = await openSource(source, () => undefined);
    for await (const fact of hintOf(source, input)) {
      inference.observe(fact);
      facts += 1;
      bytes += JSON.stringify(fact).length;
      if (facts === HINT_FACTS || bytes >= HINT_BYTES) break;
    }
    if (facts === 0) return undefined;
    return { schema: inference.result().schema, origin: `inferred from the first ${facts} facts` };
  } catch {
    // What is wrong with the facts is told by whoever needs them.
    return undefined;
  }
}

function hintOf(
  source: Exclude<SourcePlan, { kind: "generator" }>,
  input: RangedSource,
): AsyncIterable<Fact> {
  if (source.kind === "events") return presentIn(input, source.first, Number.MAX_SAFE_INTEGER);
  return presentIn(input, 0, source.kind === "lines" ? source.bytes : HINT_FACTS);
}

async function* sampleOf(source: SourcePlan, input: RangedSource): AsyncIterable<Fact> {
  if (source.kind === "stream" || source.kind === "pipe") {
    yield* presentIn(input, 0, FIRST_FACTS);
  } else if (source.kind === "events") {
    yield* presentIn(input, source.first, source.first + FIRST_FACTS);
  } else if (source.kind === "lines") {
    const isSmall = source.bytes <= STRETCHES * STRETCH_BYTES;
    const step = isSmall ? source.bytes : Math.floor(source.bytes / STRETCHES);
    for (let from = 0; from < source.bytes; from += step) {
      yield* presentIn(input, from, isSmall ? source.bytes : from + STRETCH_BYTES);
    }
  }
}

async function* presentIn(input: RangedSource, from: number, to: number): AsyncIterable<Fact> {
  for await (const fact of factsOf(input, from, to)) if (fact !== undefined) yield fact;
}

function originOf(source: Exclude<SourcePlan, { kind: "generator" }>, facts: number): string {
  if (source.kind !== "lines") {
    return facts < FIRST_FACTS
      ? `inferred from all ${facts} facts`
      : `inferred from the first ${facts} facts`;
  }
  return source.bytes <= STRETCHES * STRETCH_BYTES
    ? `inferred from all ${facts} facts`
    : `inferred from ${facts} facts, spread over the file`;
}

/** The check that every fact of a run has to pass, if the run has a schema of its own. */
export function runCheck(schema: JsonSchema | undefined) {
  return schema === undefined ? undefined : factCheck(schema, "the run's schema");
}
