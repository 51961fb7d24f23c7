/** One fact of a run by its number, without decoding the others. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { OpenCodec } from "../core/codec.js";
import { DataError, HellfactError, InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import { FileReader, readSidecarFile } from "../pipeline/data-file.js";
import { batchesIn } from "../pipeline/fact-reader.js";
import { openCodec, type Parts } from "../pipeline/parts.js";
import { readLocalManifest, type Manifest } from "../pipeline/run/manifest.js";
import { otherPlugins, type OwnPlugins } from "../pipeline/run/own-plugins.js";
import { partsOf } from "../pipeline/run/places/plan-parts.js";
import { schemaOfRun } from "../pipeline/run/part-facts.js";
import { partWith } from "./numbering.js";
import { wholeParts } from "./runs.js";

export interface Picked {
  readonly fact: Fact;
  readonly file: string;
  /** Its place in the part, from 0. */
  readonly place: number;
  /** Facts that were decoded to get at it. */
  readonly decoded: number;
  /** Bytes of the file that were read. */
  readonly bytesRead: number;
}

const PREFIX_BYTES = 4;

/**
 * Finds a fact by its number (`numbering.ts`). Where facts are compressed one by one, only it is read; else
 * the part's batches up to its own, of which none but that one is decoded where facts can be told apart.
 *
 * Rejects with an `InputError` where no whole part has it.
 */
export async function pickFact(
  folder: string,
  number: number,
  own: OwnPlugins = {},
): Promise<Picked> {
  const manifest = readLocalManifest(folder);
  const { plan } = manifest;
  const other = otherPlugins(folder, plan, own);
  if (other !== undefined) throw new InputError(other);
  const found = partWith(number, manifest);
  if (found === undefined) throw new InputError(`${folder}: ${absence(number, manifest)}`);
  const { part, place } = found;
  wholeParts(folder, manifest, part.file);
  const parts = await partsOf(plan, own);
  const schema = await schemaOfRun(plan);
  const sidecar = part.sidecar === null ? undefined : readSidecarFile(join(folder, part.sidecar));
  const open = openCodec(parts.codec, schema, sidecar);
  const file = join(folder, part.file);
  try {
    const picked =
      parts.unit === "fact" ? oneFrame(file, place, parts, open) : oneOf(file, place, parts, open);
    if (picked !== undefined) return { ...picked, file, place };
  } catch (error) {
    if (error instanceof DataError) throw new HellfactError(`${file}: ${error.message}.`);
    throw error;
  }
  throw new HellfactError(`${file}: it has fewer than the ${part.facts} facts of its manifest.`);
}

type Found = Pick<Picked, "fact" | "decoded" | "bytesRead"> | undefined;

/** Steps over frames by their lengths; only the one that is wanted is read. */
function oneFrame(path: string, place: number, parts: Parts, open: OpenCodec): Found {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const prefix = Buffer.alloc(PREFIX_BYTES);
    let at = 0;
    for (let index = 0; at < size; index++) {
      readSync(descriptor, prefix, 0, PREFIX_BYTES, at);
      const length = prefix.readUInt32BE();
      if (at + PREFIX_BYTES + length > size) {
        throw new DataError("the last frame is incomplete: it starts", at);
      }
      if (index === place) {
        const frame = Buffer.alloc(length);
        readSync(descriptor, frame, 0, length, at + PREFIX_BYTES);
        const [bytes] = parts.compressor.decompress(frame);
        if (bytes === undefined) throw new DataError("an empty frame, which starts", at);
        const fact = open.decode?.(bytes);
        const bytesRead = (index + 1) * PREFIX_BYTES + length;
        return fact === undefined ? undefined : { fact, decoded: 1, bytesRead };
      }
      at += PREFIX_BYTES + length;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Goes through batches; records that are facts are told apart without being decoded. */
function oneOf(path: string, place: number, parts: Parts, open: OpenCodec): Found {
  const bytes = new FileReader().read(path);
  let index = 0;
  let decoded = 0;
  for (const { records } of batchesIn(bytes, parts, open)) {
    for (const record of records) {
      if (open.decodeBatch === undefined) {
        if (index++ < place) continue;
        const fact = open.decode?.(record);
        return fact === undefined ? undefined : { fact, decoded: 1, bytesRead: bytes.length };
      }
      const facts = open.decodeBatch(record);
      decoded += facts.length;
      const fact = facts[place - index];
      if (fact !== undefined) return { fact, decoded, bytesRead: bytes.length };
      index += facts.length;
    }
  }
  return undefined;
}

function absence(number: number, manifest: Manifest): string {
  const { parts, ended } = manifest;
  const facts = parts.reduce((sum, part) => sum + part.facts, 0);
  const last = parts.reduce((most, part) => Math.max(most, part.from + part.facts - 1), 0);
  const range =
    manifest.plan.source.kind === "generator"
      ? `it has facts ${Math.min(...parts.map(({ from }) => from))} to ${last}`
      : `it has ${facts} facts, from 0 on`;
  if (facts === 0) return `no part of it is whole yet, so there is no fact ${number}.`;
  return `there is no fact ${number} in its whole parts: ${range}${ended === null ? ", and the run has not ended" : ""}.`;
}
