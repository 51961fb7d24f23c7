/** The whole parts of a run. */
import { join } from "node:path";
import type { Codec } from "../core/codec.js";
import { HellfactError, InputError } from "../core/errors.js";
import { problemOfFiles, uncountedFiles } from "../pipeline/run/folder.js";
import { readLocalManifest, type Manifest } from "../pipeline/run/manifest.js";
import { otherPlugins, type OwnPlugins } from "../pipeline/run/own-plugins.js";
import { codecOf } from "../pipeline/run/places/plan-parts.js";
import { openPartFacts, schemaOfRun } from "../pipeline/run/part-facts.js";
import type { PartEntry, RunPlan } from "../pipeline/run/plan.js";
import { loadCodec } from "../plugins/load-codec.js";
import { queryColumns } from "./columns.js";
import type { Place } from "./place.js";
import type { Relation } from "./relation.js";

export interface RunPlaceOptions {
  readonly own?: OwnPlugins | undefined;
  /** The file of the only part that is asked. */
  readonly only?: string;
}

/** Whether a file is called as parts of runs are. */
export function isPartName(name: string): boolean {
  return /^part-\d{12,16}\./.test(name);
}

/**
 * The parts of a run that its manifest has: what is unfinished does not count. Rejects with an
 * `InputError` that says which codec to give, and with a `HellfactError` where a part is not there or
 * has other bytes than it should.
 */
export async function runRelations(
  folder: string,
  { own = {}, only }: RunPlaceOptions = {},
): Promise<Place> {
  const manifest = readLocalManifest(folder);
  const { plan } = manifest;
  const other = otherPlugins(folder, plan, own);
  if (other !== undefined) throw new InputError(other);
  const parts = wholeParts(folder, manifest, only);
  const reader = await loadCodec(codecOf(plan, own));
  const schema = await schemaOfRun(plan);
  const sample = async function* () {
    const facts = await openPartFacts(folder, plan, own);
    for (const part of parts) yield* facts.read(part);
  };
  return {
    relations: parts.length === 0 ? [] : [relationOf(folder, plan, reader, parts, schema, sample)],
    schema,
    notes: notesOf(folder, manifest),
    // A run without facts has nothing to infer from either.
    sample,
  };
}

/** Parts in the order of their source; each has the bytes that it should, as far as a look tells. */
export function wholeParts(folder: string, manifest: Manifest, only?: string): PartEntry[] {
  const parts = manifest.parts
    .filter(({ facts, file }) => facts > 0 && (only === undefined || file === only))
    .toSorted((a, b) => a.from - b.from);
  if (only !== undefined && parts.length === 0) {
    throw new InputError(
      `${join(folder, only)}: the manifest beside it does not have it: it is unfinished, or no part of that run.`,
    );
  }
  for (const part of parts) {
    const problem = problemOfFiles(folder, part);
    if (problem !== undefined) {
      throw new HellfactError(`${problem} hellfact run --resume ${folder} makes it anew.`);
    }
  }
  return parts;
}

export function notesOf(folder: string, { ended, parts }: Manifest): string[] {
  if (ended !== null) return [];
  const facts = parts.reduce((sum, part) => sum + part.facts, 0);
  const left = uncountedFiles(folder, parts).length;
  const unfinished =
    left === 0 ? "" : `; ${left} unfinished ${left === 1 ? "file does" : "files do"} not`;
  return [
    `${folder}: the run has not ended: ${facts} facts in ${parts.length} parts count${unfinished}.`,
  ];
}

function relationOf(
  folder: string,
  plan: RunPlan,
  codec: Codec,
  parts: readonly PartEntry[],
  schema: Awaited<ReturnType<typeof schemaOfRun>>,
  read: () => AsyncIterable<Record<string, unknown>>,
): Relation {
  const files = parts.map(({ file }) => join(folder, file));
  const compressor = plan.compressor.split(":", 1)[0] ?? "none";
  const isPlain = compressor === "none";
  if (codec.format === "json" && (plan.unit !== "fact" || isPlain)) {
    if (compressor === "none" || compressor === "gzip" || compressor === "zstd") {
      return { kind: "ndjson", files, compression: compressor };
    }
  }
  const isFolded = schema === undefined || queryColumns(schema).isFolded;
  if (codec.format === "parquet" && isPlain && !isFolded) {
    return { kind: "parquet", files, isOurs: true };
  }
  const count = parts.reduce((sum, { facts }) => sum + facts, 0);
  return { kind: "facts", name: `${folder} (${codec.name})`, count, read };
}
