/** A run that is ready to begin, from what was asked for. */
import { rmSync } from "node:fs";
import { describedCodec } from "../../contracts/codec/describe.js";
import { checkedCodec } from "../../contracts/codec/own-codec.js";
import { checkedCompressor, nameOf } from "../../contracts/compressor/own-compressor.js";
import { checkedSink } from "../../contracts/sink/own-sink.js";
import { InputError } from "../../core/errors.js";
import { usableCores } from "../../machine/environment.js";
import { jsonEngineFor, type JsonEngine } from "../../pipeline/json-engine.js";
import type { WorkerConditions } from "../../pipeline/run/conditions.js";
import { uncountedFiles } from "../../pipeline/run/folder.js";
import { hasManifest } from "../../pipeline/run/manifest.js";
import { ownFiles } from "../../pipeline/run/own-files.js";
import { checkHoldsNone } from "../../pipeline/run/places/objects.js";
import { isObjectUrl, openObjects } from "../../pipeline/run/places/open.js";
import { isSharedStoreUrl, withoutPassword } from "../../pipeline/run/places/store.js";
import type { Run, RunPlan, SourcePlan } from "../../pipeline/run/plan.js";
import { prepareRun } from "../../pipeline/run/prepare.js";
import type { CodecChoice } from "../../plugins/load-codec.js";
import type { OwnSink } from "../../plugins/load-sink.js";
import { makeRunFolder } from "../../results/save.js";
import { writingProblem } from "../../sinks/file.js";
import { makeFolder } from "../../sinks/folder.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { keyDecisions } from "../../terminal/input-options.js";
import { factsAsked, type RunOptions } from "./asked.js";
import { withGzipEngine } from "./gzip-engine.js";
import { summariseQuestion } from "./summarise.js";

/** A run, and the folder where its document goes. */
export interface PlacedRun {
  readonly run: Run;
  readonly folder: string;
}

/** Throws an `InputError` where options contradict each other, or what they name is not there. */
export async function beginRun(
  options: RunOptions,
  say: (text: string) => void,
): Promise<PlacedRun> {
  if (options.check) throw new InputError("--check is for a run that goes on: give --resume DIR.");
  const { durationSeconds, ...range } = await factsAsked(options);
  const decisions = keyDecisions(options, options);
  const workers = workersFor(range.source, options.workers);
  const place = options.sink?.place ?? "";
  let folder = "";
  const codec = await checkedCodec(options.codec);
  const jsonEngine = await jsonEngineOf(codec, options);
  const compressor = await checkedCompressor(
    await withGzipEngine(options.compress, options.gzipEngine, say),
  );
  const sink = await ownSinkOf(options, codec);
  const elsewhere = await elsewhereOf(options);
  const prepared = await prepareRun(
    {
      ...range,
      ...codec,
      ...(options.schema !== undefined && { schemaFile: options.schema }),
      ...(decisions !== undefined && { decisions }),
      ...(await summariseQuestion(options, range.source)),
      ...nameOf(compressor),
      unit: options.unit,
      sync: options.sync,
      roll: options.roll,
      onError: options.onError,
      durationSeconds,
    },
    () => {
      const isOurs =
        ["", "file", "null"].includes(place) || sink !== undefined || elsewhere !== undefined;
      folder = isOurs ? makeRunFolder(options.out, new Date()) : newFolder(place);
      return place === "null" || sink !== undefined ? null : folder;
    },
  );
  const plan = elsewhere === undefined ? prepared : placedElsewhere(prepared, elsewhere);
  const conditions = { ...conditionsOf(options, jsonEngine), sink };
  const own = ownFiles({ ...codec, compressorFile: compressor.file });
  const run = { plan, own, workers, conditions };
  return { run: { ...run, done: [], damaged: [], secondsBefore: 0, repair: null }, folder };
}

export async function jsonEngineOf(codec: CodecChoice, { jsonEngine }: RunOptions) {
  return jsonEngineFor(await describedCodec(codec), jsonEngine);
}

export function conditionsOf(
  { rate, sink, inject, verdict }: RunOptions,
  jsonEngine: JsonEngine | undefined,
): WorkerConditions {
  return {
    jsonEngine,
    factsPerSecond: rate ?? null,
    slowing: sink?.slowing ?? NOT_SLOWED,
    delays: inject,
    probing: verdict,
  };
}

/** The sink of a user's own that parts go to, if they do. Rejects where what is asked for is not for such. */
async function ownSinkOf(
  { sink, verdict, cluster }: RunOptions,
  codec: CodecChoice,
): Promise<OwnSink | undefined> {
  const own = sink && (await checkedSink(sink.place));
  if (own === undefined) return undefined;
  if (verdict) {
    throw new InputError(
      "--verdict cannot measure a sink of your own alone: leave one of them out.",
    );
  }
  if (cluster !== undefined) {
    throw new InputError(
      "--cluster takes --sink file:FOLDER; a sink of your own is not on the workers.",
    );
  }
  const { name, sidecarExtension } = await describedCodec(codec);
  if (sidecarExtension !== undefined) {
    throw new InputError(
      `${name} keeps a .${sidecarExtension} file beside its data, for which a sink of your own has no place: take another codec.`,
    );
  }
  return own;
}

/** Where parts go that do not stay in the run's folder, if they do not. Rejects where there is a run already. */
async function elsewhereOf(options: RunOptions): Promise<string | undefined> {
  const { sink, verdict, summarise, cluster } = options;
  if (sink === undefined) return undefined;
  const isStore = cluster !== undefined && isSharedStoreUrl(sink.place);
  if (!isStore && !isObjectUrl(sink.place)) return undefined;
  const refuse = (what: string) => {
    throw new InputError(
      `${what} is for parts in a folder: leave it out, or give --sink file:DIR.`,
    );
  };
  if (verdict) refuse("--verdict");
  if (summarise.length > 0) refuse("--summarise");
  if (isStore) {
    if (options.codec !== "json") refuse(`--codec ${options.codec}`);
    if (options.compress !== "none") refuse(`--compress ${options.compress}`);
    if (options.onError === "skip") refuse("--on-error skip");
    return withoutPassword(sink.place);
  }
  const objects = await openObjects(sink.place, options);
  try {
    await checkHoldsNone(objects);
    return objects.address;
  } finally {
    await objects.close();
  }
}

function placedElsewhere(plan: RunPlan, place: string): RunPlan {
  if (plan.deterministic !== false) return { ...plan, place };
  // Of two that make the same part, both may have put a file of it there.
  rmSync(plan.folder ?? "", { recursive: true, force: true });
  throw new InputError(
    `a part by ${plan.codec} that is made again has other bytes, so it can only go to a folder: give --sink file:DIR.`,
  );
}

/** A stream has one reader. */
export function workersFor(source: SourcePlan, wanted: number | undefined): number {
  return source.kind === "stream" ? 1 : (wanted ?? usableCores());
}

/** The folder that `--sink file:DIR` names, which must hold no run yet. */
function newFolder(sink: string): string {
  const folder = /^file:(.+)$/.exec(sink)?.[1];
  if (folder === undefined) {
    throw new InputError(
      `--sink ${sink}: it takes null or file:DIR, such as file:out/events, objects, such as s3://BUCKET/PREFIX, a store, such as sqlite:facts.db, a stream, such as nats://HOST/STREAM, or one of your own by its file.`,
    );
  }
  if (hasManifest(folder)) {
    throw new InputError(
      `${folder} holds a run already. Give another folder, or --resume ${folder}.`,
    );
  }
  try {
    makeFolder(folder);
  } catch (error) {
    throw new InputError(writingProblem(folder, error).message);
  }
  const [strange] = uncountedFiles(folder, []);
  if (strange !== undefined) {
    throw new InputError(
      `${folder} holds ${strange}, of no run that is known. Give another folder.`,
    );
  }
  return folder;
}
