/** What a query is asked of: the facts of runs, files and stores, by the words of a command line. */
import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { hasManifest } from "../pipeline/run/manifest.js";
import type { OwnPlugins } from "../pipeline/run/own-plugins.js";
import { SchemaInference } from "../schema/infer.js";
import { readSchema } from "../sources/schema-file.js";
import { fileRelations } from "./files.js";
import type { Dataset, Place } from "./place.js";
import { isPartName, runRelations } from "./runs.js";
import { isStoreUrl, storeRelations } from "./stores.js";

export interface DatasetOptions {
  /** A file with the JSON Schema of the facts. */
  readonly schemaFile?: string | undefined;
  /** The user's own codec and compressor that a run was written by. */
  readonly own?: OwnPlugins | undefined;
}

/** A schema is inferred from so many facts of each place. */
const SAMPLE_FACTS = 2_000;

/**
 * Finds the facts of folders of runs, of files and of stores. Of a run only those parts count that its
 * manifest has. Rejects with an `InputError` for a place that there is not, or that holds none.
 */
export async function openDataset(
  words: readonly string[],
  { schemaFile, own = {} }: DatasetOptions = {},
): Promise<Dataset> {
  const given = schemaFile === undefined ? undefined : readSchema(schemaFile);
  const places: Place[] = [];
  for (const word of words) places.push(await placeOf(word, own));
  const relations = places.flatMap((place) => place.relations);
  const notes = places.flatMap((place) => place.notes ?? []);
  if (given !== undefined) return { relations, schema: given, isSampled: false, notes };
  const said = places.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
  const samples = places.flatMap(({ schema, sample }) =>
    schema === undefined && sample !== undefined ? [sample] : [],
  );
  const [first] = said;
  const isOne = said.every((one) => JSON.stringify(one) === JSON.stringify(first));
  if (samples.length === 0 && isOne && said.length === places.length) {
    return { relations, schema: first, isSampled: false, notes };
  }
  if (samples.length === 0 && said.length === 0) {
    return { relations, schema: undefined, isSampled: false, notes };
  }
  if (said.length > 0) {
    throw new InputError(
      `${words.join(" and ")} have facts of different schemas: give --schema FILE with one that holds for all.`,
    );
  }
  const { schema, facts } = await inferred(samples);
  notes.push(
    `types are inferred from the first ${facts} facts; --schema FILE says them (hellfact infer makes one).`,
  );
  return { relations, schema, isSampled: true, notes };
}

async function placeOf(word: string, own: OwnPlugins): Promise<Place> {
  if (isStoreUrl(word)) return storeRelations(word);
  const stats = statSync(word, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) {
    if (hasManifest(word)) return runRelations(word, { own });
    throw new InputError(
      `${word} holds no run: there is no manifest.ndjson in it. Give a run's folder, or files ('${word}/*.ndjson').`,
    );
  }
  const folder = dirname(resolve(word));
  if (isPartName(basename(word)) && hasManifest(folder)) {
    return runRelations(folder, { own, only: basename(word) });
  }
  return fileRelations(word);
}

async function inferred(
  samples: readonly NonNullable<Place["sample"]>[],
): Promise<{ schema: JsonSchema; facts: number }> {
  const inference = new SchemaInference();
  for (const sample of samples) {
    let left = SAMPLE_FACTS;
    for await (const fact of sample()) {
      inference.observe(fact);
      left -= 1;
      if (left === 0) break;
    }
  }
  return inference.result();
}
