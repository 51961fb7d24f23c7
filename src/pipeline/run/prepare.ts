import { join } from "node:path";
import { InputError, noFacts } from "../../core/errors.js";
import type { CompressionUnit } from "../../core/compressor.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { factsOf } from "../../core/ranged-source.js";
import type { Sync } from "../../core/sink.js";
import { writeWhole } from "../../sinks/file.js";
import { nullSink } from "../../sinks/null.js";
import { loadCodec } from "../../plugins/load-codec.js";
import { encoderOf, FactWriter } from "../fact-writer.js";
import { loadCompressor, loadParts } from "../parts.js";
import { openSource } from "./open-source.js";
import type { RunPlan, RunSchema, SourcePlan } from "./plan.js";
import { givenRunSchema, inferRunSchema, runCheck } from "./run-schema.js";

export interface RunRequest {
  readonly source: SourcePlan;
  /** The first position, and the one behind the last; `null` for as far as the source goes. */
  readonly start: number;
  readonly end: number | null;
  readonly codec: string;
  /** The file of a codec that is not one of this tool's. */
  readonly codecFile?: string;
  /** A file with the JSON Schema of the input, if it is not to be inferred. */
  readonly schemaFile?: string;
  readonly compressor: string;
  readonly unit: CompressionUnit;
  readonly sync: Sync;
  /** A part is ended at about so many stored bytes, or after so many seconds. */
  readonly roll: { readonly bytes: number } | { readonly seconds: number };
  readonly durationSeconds: number | null;
  readonly onError: "stop" | "skip";
}

/** So many parts keep many workers busy to the end; as long as they do not get small. */
const MANY_PARTS = 48;
const SMALL_PART_BYTES = 4_000_000;
const SAMPLE_FACTS = 256;
const SAMPLE_BYTES = 16_000_000;
/** Ranges of endless facts that are cut by time: longer than any worker comes. */
const LONGEST_RANGE = 1e9;
/** More than any source has: no fact begins here. */
const FAR_AWAY = Number.MAX_SAFE_INTEGER;

/**
 * Decides what the parts of a run will be, by a sample of its first facts: how long a part is, and what
 * the codec learns beforehand. The same request gives the same parts on
 * any machine, for any number of workers.
 *
 * @param makeFolder called when everything is known to be right: makes the folder of the parts, and
 * returns it; `null` for nowhere
 *
 * Rejects with an `InputError` if a name or the beginning of the input is wrong.
 */
export async function prepareRun(
  request: RunRequest,
  makeFolder: () => string | null,
): Promise<RunPlan> {
  const { source, start, sync, roll, durationSeconds, onError, codec, unit } = request;
  const { text: compressor } = await loadCompressor(request.compressor);
  const end = request.end ?? FAR_AWAY;
  const schema = await schemaOf(request);
  const { sidecar, bytesPerPosition } = await takeSample(request, end, schema?.schema);
  const folder = makeFolder();
  return {
    ...{ source, codec, compressor, unit, sync, folder, start, end, durationSeconds, onError },
    ...(request.codecFile !== undefined && { codecFile: request.codecFile }),
    ...(schema !== undefined && { schema }),
    ...((await loadCodec(request)).deterministic === false && { deterministic: false }),
    ...partSize(request, end, bytesPerPosition),
    mostPartSeconds: "seconds" in roll ? roll.seconds : null,
    bytesPerPosition,
    sidecar: await saveSidecar(request, folder, sidecar),
  };
}

/** Puts what the codec learned into the folder of a run. Returns the name of the file, if there is one. */
async function saveSidecar(
  request: RunRequest,
  folder: string | null,
  sidecar: Uint8Array | undefined,
): Promise<string | null> {
  if (sidecar === undefined || folder === null) return null;
  const codec = await loadCodec(request);
  const name = `codec.${codec.sidecarExtension ?? "sidecar"}`;
  writeWhole(join(folder, name), sidecar, request.sync);
  return name;
}

/** By the facts and by what was asked for alone: how many workers there are makes no difference. */
function partSize(
  { source, start, roll }: RunRequest,
  end: number,
  bytesPerPosition: number | null,
): Pick<RunPlan, "partLength" | "mostPartBytes"> {
  const positions = end - start;
  if ("seconds" in roll || bytesPerPosition === null) {
    // Ranges that are cut where a part is full.
    const mostPartBytes = "bytes" in roll ? roll.bytes : null;
    const partLength = Math.min(Math.ceil(positions / MANY_PARTS), LONGEST_RANGE);
    return { partLength: source.kind === "stream" ? positions : partLength, mostPartBytes };
  }
  const wanted = Math.max(1, Math.round(roll.bytes / bytesPerPosition));
  const partLength = end === FAR_AWAY ? wanted : evened(wanted, positions, bytesPerPosition);
  return { partLength, mostPartBytes: null };
}

/** Parts of the same length, none longer than wanted, and many. */
function evened(wanted: number, positions: number, bytesPerPosition: number): number {
  const many = Math.min(MANY_PARTS, Math.floor((positions * bytesPerPosition) / SMALL_PART_BYTES));
  return Math.max(1, Math.ceil(positions / Math.max(1, Math.ceil(positions / wanted), many)));
}

interface Sample {
  /** Stored bytes for each position of the source; `null` where nothing can be read beforehand. */
  readonly bytesPerPosition: number | null;
  readonly sidecar: Uint8Array | undefined;
}

/** The schema of a user's facts: given, or inferred where the codec cannot do without. */
async function schemaOf(request: RunRequest): Promise<RunSchema | undefined> {
  const { source, codec, schemaFile, onError } = request;
  if (schemaFile !== undefined) {
    if (source.kind !== "generator") return givenRunSchema(schemaFile);
    throw new InputError("--schema is for facts of your own: give them with --input FILE.");
  }
  const { needsSchema } = await loadCodec(request);
  if (!needsSchema || source.kind === "generator") return undefined;
  return inferRunSchema(source, codec, onError);
}

async function takeSample(
  request: RunRequest,
  end: number,
  ownSchema: JsonSchema | undefined,
): Promise<Sample> {
  const chosen = await loadParts(request, request.compressor, null, request.unit);
  // A sample that is of another size each time would make other parts each time.
  const parts =
    chosen.codec.deterministic === false
      ? await loadParts("json", request.compressor, null, request.unit)
      : chosen;
  const skip = request.onError === "skip" ? () => undefined : undefined;
  const source = await openSource(request.source, skip, runCheck(ownSchema));
  const schema = ownSchema ?? source.schema;
  const codec = parts.codec.open(schema === undefined ? {} : { schema });
  const encoder = encoderOf(parts.codec, codec);
  if (request.source.kind === "stream") return { bytesPerPosition: null, sidecar: undefined };

  const writer = new FactWriter({ ...parts, ...encoder }, nullSink());
  let facts = 0;
  for await (const fact of factsOf(source, request.start, end)) {
    if (fact === undefined) continue;
    writer.add(fact);
    facts += 1;
    if (facts >= SAMPLE_FACTS || writer.encodedBytes >= SAMPLE_BYTES) break;
  }
  writer.endFile();
  if (facts === 0 && request.source.kind === "lines") throw noFacts(request.source.path);
  const positions = Math.max(1, source.position - request.start);
  return { bytesPerPosition: writer.storedBytes / positions, sidecar: codec.sidecar?.() };
}
