/** A run that is ready to begin, or to go on, from what was asked for. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { CompressionUnit } from "../../core/compressor.js";
import { InputError } from "../../core/errors.js";
import type { Sync } from "../../core/sink.js";
import { usableCores } from "../../machine/environment.js";
import { describedCodec } from "../../contracts/codec/describe.js";
import { checkedCodec } from "../../contracts/codec/own-codec.js";
import { checkedCompressor, nameOf } from "../../contracts/compressor/own-compressor.js";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import type { Delays } from "../../pipeline/injection.js";
import { uncountedFiles } from "../../pipeline/run/folder.js";
import { hasManifest } from "../../pipeline/run/manifest.js";
import type { Run, SourcePlan } from "../../pipeline/run/plan.js";
import type { WorkerConditions } from "../../pipeline/run/conditions.js";
import { ownFiles } from "../../pipeline/run/own-files.js";
import { codecOf } from "../../pipeline/run/own-plugins.js";
import { jsonEngineFor, type JsonEngine } from "../../pipeline/json-engine.js";
import { prepareRun } from "../../pipeline/run/prepare.js";
import { findWork } from "../../pipeline/run/resume.js";
import { isCodecFile, type CodecChoice } from "../../plugins/load-codec.js";
import { ownFile } from "../../plugins/own-file.js";
import { makeRunFolder } from "../../results/save.js";
import { makeFolder } from "../../sinks/folder.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { writingProblem } from "../../sinks/file.js";
import { inputFile } from "../../sources/line-range.js";
import { summariseQuestion } from "./summarise.js";
import { withGzipEngine, type GzipEngine } from "./gzip-engine.js";
import type { SinkChoice } from "../../terminal/conditions.js";
import { keyDecisions, type KeyOptions } from "../../terminal/input-options.js";
import type { CredentialOptions } from "../../terminal/cluster-options.js";
import type { CommonOptions } from "../../terminal/options.js";
import {
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../../terminal/world-options.js";

export interface RunOptions extends CommonOptions, WorldOptions, KeyOptions, CredentialOptions {
  readonly codec: string;
  readonly compress: string;
  readonly gzipEngine?: GzipEngine;
  readonly jsonEngine?: JsonEngine;
  readonly input?: string;
  readonly schema?: string;
  readonly from: number;
  readonly facts?: number;
  readonly duration?: number;
  readonly rate?: number;
  readonly workers?: number;
  readonly roll: { readonly bytes: number } | { readonly seconds: number };
  readonly sink?: SinkChoice;
  readonly inject: Delays;
  readonly verdict: boolean;
  readonly unit: CompressionUnit;
  readonly sync: Sync;
  readonly onError: "stop" | "skip";
  readonly resume?: string;
  readonly check: boolean;
  readonly allowBombs: boolean;
  readonly summarise: readonly string[];
  readonly cluster?: string;
  readonly lease: number;
  readonly replicas?: number;
}

/** What ends a run of generated facts that nothing else ends. */
export const DEFAULT_SECONDS = 30;
export const STDIN = "-";
/** What may be said anew when a run is resumed: everything that does not change its bytes. */
const RESUMABLE = new Set([
  "resume",
  "workers",
  "rate",
  "json",
  "quiet",
  "out",
  "verdict",
  "inject",
  "sink",
  "check",
  "cluster",
  "lease",
  "replicas",
  "creds",
  "tlsCa",
  "tlsCert",
  "tlsKey",
  "jsonEngine",
]);

export interface FactsAsked {
  readonly source: SourcePlan;
  readonly start: number;
  readonly end: number | null;
  readonly durationSeconds: number | null;
}

/** A run, and the folder where its document goes. */
interface PlacedRun {
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
  const plan = await prepareRun(
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
      const isOwn = place === "" || place === "file" || place === "null";
      folder = isOwn ? makeRunFolder(options.out, new Date()) : newFolder(place);
      return place === "null" ? null : folder;
    },
  );
  const conditions = conditionsOf(options, jsonEngine);
  const own = ownFiles({ ...codec, compressorFile: compressor.file });
  const run = { plan, own, workers, conditions };
  return { run: { ...run, done: [], damaged: [], secondsBefore: 0, repair: null }, folder };
}

/** Which facts are asked for, and how long it may take. Throws as `beginRun` does. */
export async function factsAsked(options: RunOptions): Promise<FactsAsked> {
  const { input, facts, from } = options;
  if (input !== undefined) {
    refuseWorldOptions(options, `--input ${input}`);
    if (from !== 0) throw new InputError("--from is for generated facts: leave it out.");
  }
  const isEndless = input === undefined && facts === undefined;
  const durationSeconds = options.duration ?? (isEndless ? DEFAULT_SECONDS : null);
  return { ...(await sourceOf(options)), durationSeconds };
}

async function jsonEngineOf(codec: CodecChoice, { jsonEngine }: RunOptions) {
  return jsonEngineFor(await describedCodec(codec), jsonEngine);
}

function conditionsOf(
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

/** Where facts come from, and which of them are asked for. */
async function sourceOf(
  options: RunOptions,
): Promise<{ source: SourcePlan; start: number; end: number | null }> {
  const { input, seed, from, facts } = options;
  // What is counted in facts or ended by time has one reader; so has what a codec of one's own looks at.
  const isShared =
    facts === undefined &&
    options.duration === undefined &&
    "bytes" in options.roll &&
    !(input === STDIN && isCodecFile(options.codec));
  const kind = isShared ? "pipe" : "stream";
  const bombs = options.allowBombs ? { allowBombs: true } : {};
  if (input === undefined) {
    const profile = await worldProfile(options);
    if (facts !== undefined && facts > Number.MAX_SAFE_INTEGER - from) {
      throw new InputError(
        `--from ${from} and --facts ${facts} go past the last fact. Take fewer.`,
      );
    }
    const end = facts === undefined ? null : from + facts;
    return { source: { kind: "generator", seed, profile }, start: from, end };
  }
  if (input === STDIN) {
    const source = { kind, path: input, bytes: null, ...bombs } as const;
    return { source, start: 0, end: facts ?? null };
  }
  const path = resolve(input);
  const { bytes, inRanges } = inputFile(path);
  // Lines can only be counted from the start.
  return inRanges && facts === undefined
    ? { source: { kind: "lines", path, bytes }, start: 0, end: bytes }
    : { source: { kind, path, bytes, ...bombs }, start: 0, end: facts ?? null };
}

/** A stream has one reader. */
function workersFor(source: SourcePlan, wanted: number | undefined): number {
  return source.kind === "stream" ? 1 : (wanted ?? usableCores());
}

/** The folder that `--sink file:DIR` names, which must hold no run yet. */
function newFolder(sink: string): string {
  const folder = /^file:(.+)$/.exec(sink)?.[1];
  if (folder === undefined) {
    throw new InputError(
      `--sink ${sink}: it takes null or file:DIR, such as file:out/events, or a store, such as sqlite:facts.db.`,
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

/** A run to go on with, or `undefined` if it is already complete, which is then said. */
export async function resumeRun(
  folder: string,
  command: Command,
  say: (text: string) => void,
): Promise<PlacedRun | undefined> {
  const options = command.opts<RunOptions>();
  const { sink } = options;
  // A user's own files say how to go on with their run; other ones would change it.
  const own = {
    ...(isTyped(command, "codec") && isCodecFile(options.codec) && { codec: options.codec }),
    ...(isTyped(command, "compress") &&
      ownFile(options.compress) && { compress: options.compress }),
  };
  if (sink !== undefined && sink.place !== "") {
    throw new InputError(
      "--sink cannot be changed when a run is resumed, only held back: throttle:50MB/s.",
    );
  }
  const changed = command.options.find(
    (option) =>
      isTyped(command, option.attributeName()) &&
      !RESUMABLE.has(option.attributeName()) &&
      !(option.attributeName() in own),
  );
  if (changed?.long !== undefined) {
    throw new InputError(`${changed.long} cannot be changed when a run is resumed: leave it out.`);
  }
  const found = await findWork(folder, {
    own: await checkedPlugins(own),
    check: options.check,
  });
  const { isComplete, problems, ...work } = found;
  const { plan, done } = work;
  for (const problem of problems) say(`${problem} It is made again.`);
  if (isComplete) {
    say(`${folder} is complete: ${done.length} parts. Nothing was done.`);
    return undefined;
  }
  const { source } = plan;
  if (source.kind !== "generator" && source.bytes !== null) {
    const { bytes } = inputFile(source.path);
    if (bytes !== source.bytes) {
      throw new InputError(
        `${source.path} has ${bytes} bytes, and had ${source.bytes} when the run began. Bring it back.`,
      );
    }
  }
  const workers = workersFor(source, options.workers);
  const jsonEngine = await jsonEngineOf(codecOf(plan, work.own), options);
  const conditions = conditionsOf(options, jsonEngine);
  return { run: { ...work, workers, conditions }, folder };
}

/** Whether an option stands on the command line. */
function isTyped(command: Command, option: string): boolean {
  return command.getOptionValueSource(option) === "cli";
}
