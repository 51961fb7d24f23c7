import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { InputError } from "../core/errors.js";
import type { Grain } from "../core/compressor.js";
import type { Sync } from "../core/sink.js";
import { usableCores } from "../measure/environment.js";
import { checkedCodec } from "../measure/own-codec.js";
import { runDocument } from "../measure/run-document.js";
import type { Delays } from "../pipeline/injection.js";
import { runPipeline } from "../pipeline/run/run.js";
import { uncountedFiles } from "../pipeline/run/folder.js";
import { hasManifest, readManifest } from "../pipeline/run/manifest.js";
import type { WorkerConditions } from "../pipeline/run/messages.js";
import type { PartEntry, RunPlan, SourcePlan } from "../pipeline/run/plan.js";
import { placeRun, prepareRun } from "../pipeline/run/prepare.js";
import { loadCodec } from "../plugins/load-codec.js";
import { runText } from "../report/run.js";
import { makeRunFolder, saveRun } from "../results/save.js";
import { writingProblem } from "../sinks/file.js";
import { NOT_SLOWED } from "../sinks/slowed.js";
import { inputFile } from "../sources/line-range.js";
import { addInjection, sinkChoice, type SinkChoice } from "./conditions.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  grainOption,
  sizeOrDuration,
  type CommonOptions,
} from "./options.js";
import { startRunProgress } from "./run-progress.js";
import { colorsOn, INTERRUPTED } from "./terminal.js";
import {
  addWorldOptions,
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "./world-options.js";

interface RunOptions extends CommonOptions, WorldOptions {
  readonly codec: string;
  readonly compress: string;
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
  readonly grain: Grain;
  readonly sync: Sync;
  readonly onError: "stop" | "skip";
  readonly resume?: string;
}

const DEFAULT_SECONDS = 30;
const STDIN = "-";
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
]);

export function configure(command: Command): Command {
  command
    .option("--codec <name>", "how facts become bytes", "json")
    .option(
      "--compress <name>",
      "none, gzip, brotli, zstd, snappy; or with a level, such as gzip:9",
      "none",
    )
    .addOption(grainOption())
    .option(
      "--input <file>",
      "NDJSON, gzipped or not, instead of generated facts; - is standard input",
    )
    .option("--schema <file>", "its JSON Schema (default: inferred, if the codec needs one)")
    .addOption(
      new Option("--from <index>", "index of the first generated fact")
        .argParser(count(0))
        .default(0),
    )
    .option("--facts <n>", "end after so many", count(1))
    .option(
      "--duration <time>",
      `end after so long (default: ${DEFAULT_SECONDS}s, if nothing else ends it)`,
      duration,
    )
    .option(
      "--rate <n>",
      "facts a second, at intended times (default: as fast as it goes)",
      count(1),
    )
    .option("--workers <n>", "processes (default: one for each core)", count(1))
    .addOption(
      new Option("--roll <size>", "a part ends at about this size, or after this time: 64MB, 10s")
        .argParser(sizeOrDuration)
        .default({ bytes: 64e6 }, "64MB"),
    )
    .option(
      "--sink <where>",
      "null, or file:DIR (default: a new folder under --out); behind throttle:50MB/s or latency:5ms to hold it back",
      sinkChoice,
    )
    .addOption(
      new Option("--sync <when>", "when written files are forced to the disk")
        .choices(["none", "close", "batch"])
        .default("close"),
    )
    .addOption(
      new Option("--on-error <what>", "at a broken line: stop, or skip it and keep it aside")
        .choices(["stop", "skip"])
        .default("stop"),
    )
    .option("--resume <dir>", "go on with a run that was interrupted")
    .addOption(
      new Option(
        "--verdict",
        "stop now and then to measure what each part can do alone, and say what binds",
      ).default(false),
    );
  addInjection(command);
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact run --codec protobuf --compress gzip --facts 100k",
        "hellfact run --input events.ndjson.gz --codec msgpackr --sink file:events",
      ),
    )
    .action(run);
}

/** A run that is ready to begin, or to go on. */
interface ReadyRun {
  readonly plan: RunPlan;
  readonly done: readonly PartEntry[];
  readonly secondsBefore: number;
  /** Where its document goes. */
  readonly folder: string;
}

async function run(options: RunOptions, command: Command): Promise<void> {
  refuseNoVerdict(options);
  const ready =
    options.resume === undefined ? await beginRun(options) : resumeRun(options.resume, command);
  if (ready === undefined) return;
  const { plan, folder } = ready;
  const { npmPackage } = await loadCodec(plan);

  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  process.once("SIGTERM", () => interruption.abort());
  const workers = workersFor(plan.source, options.workers);
  const conditions: WorkerConditions = {
    factsPerSecond: options.rate ?? null,
    slowing: options.sink?.slowing ?? NOT_SLOWED,
    delays: options.inject,
    study: options.verdict,
  };
  const incidents: string[] = [];
  const progress = startRunProgress(goalOf(ready, workers), options.quiet);
  const outcome = await runPipeline({
    ...ready,
    workers,
    conditions,
    signal: interruption.signal,
    onProgress: progress.update,
    onIncident: (text) => {
      incidents.push(text);
      progress.stop();
      console.error(`hellfact: ${text}`);
    },
  }).finally(() => progress.stop());

  const document = runDocument({
    plan,
    outcome,
    workers,
    conditions,
    incidents,
    libraries: npmPackage === null ? [] : [npmPackage],
    command: ["hellfact", ...process.argv.slice(2)],
  });
  saveRun(folder, document);
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(runText(document, { colors: colorsOn(process.stdout) }));
  if (options.verdict) {
    const { savePage } = await import("./page.js");
    savePage(folder, document);
  }
  if (outcome.ended === null) {
    const way = plan.folder === null ? "." : `; hellfact run --resume ${plan.folder} goes on.`;
    console.error(
      `hellfact: interrupted, with ${ready.done.length + outcome.parts} whole parts${way}`,
    );
    process.exitCode = INTERRUPTED;
  } else if (plan.folder !== null && !options.quiet) {
    console.error(` ${plan.folder}   hellfact verify ${plan.folder} reads it back\n`);
  }
}

/** Throws where what is asked for leaves nothing to judge. */
function refuseNoVerdict({ verdict, rate, input }: RunOptions): void {
  if (!verdict) return;
  if (rate !== undefined) {
    throw new InputError("--verdict asks what binds, and --rate does: leave one of them out.");
  }
  if (input === STDIN) {
    throw new InputError(
      "--verdict reads the facts again, which standard input cannot give: put them into a file.",
    );
  }
}

async function beginRun(options: RunOptions): Promise<ReadyRun> {
  const { input, facts, from } = options;
  if (input !== undefined) {
    refuseWorldOptions(options, `--input ${input}`);
    if (from !== 0) throw new InputError("--from is for generated facts: leave it out.");
  }
  const range = await sourceOf(options);
  const isEndless = input === undefined && facts === undefined;
  const durationSeconds = options.duration ?? (isEndless ? DEFAULT_SECONDS : null);
  const prepared = await prepareRun({
    ...range,
    ...(await checkedCodec(options.codec)),
    ...(options.schema !== undefined && { schemaFile: options.schema }),
    compressor: options.compress,
    grain: options.grain,
    sync: options.sync,
    roll: options.roll,
    onError: options.onError,
    durationSeconds,
    workers: workersFor(range.source, options.workers),
  });
  const place = options.sink?.place ?? "";
  const toNull = place === "null";
  const folder =
    place === "" || place === "file" || toNull
      ? makeRunFolder(options.out, new Date())
      : newFolder(place);
  const plan = toNull ? prepared.plan : await placeRun(prepared, folder);
  return { plan, folder, done: [], secondsBefore: 0 };
}

/** Where facts come from, and which of them are asked for. */
async function sourceOf(
  options: RunOptions,
): Promise<{ source: SourcePlan; start: number; end: number | null }> {
  const { input, seed, from, facts } = options;
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
    return { source: { kind: "stream", path: input, bytes: null }, start: 0, end: facts ?? null };
  }
  const path = resolve(input);
  const { bytes, inRanges } = inputFile(path);
  // Lines can only be counted from the start.
  return inRanges && facts === undefined
    ? { source: { kind: "lines", path, bytes }, start: 0, end: bytes }
    : { source: { kind: "stream", path, bytes }, start: 0, end: facts ?? null };
}

/** A stream has one reader. */
function workersFor(source: SourcePlan, wanted: number | undefined): number {
  return source.kind === "stream" ? 1 : (wanted ?? usableCores());
}

/** The folder that `--sink file:DIR` names, which must hold no run yet. */
function newFolder(sink: string): string {
  const folder = /^file:(.+)$/.exec(sink)?.[1];
  if (folder === undefined) {
    throw new InputError(`--sink ${sink}: it takes null or file:DIR, such as file:out/events.`);
  }
  if (hasManifest(folder)) {
    throw new InputError(
      `${folder} holds a run already. Give another folder, or --resume ${folder}.`,
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
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
function resumeRun(folder: string, command: Command): ReadyRun | undefined {
  const { sink } = command.opts<RunOptions>();
  if (sink !== undefined && sink.place !== "") {
    throw new InputError(
      "--sink cannot be changed when a run is resumed, only held back: throttle:50MB/s.",
    );
  }
  const changed = command.options.find(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === "cli" &&
      !RESUMABLE.has(option.attributeName()),
  );
  if (changed?.long !== undefined) {
    throw new InputError(`${changed.long} cannot be changed when a run is resumed: leave it out.`);
  }
  const { plan, parts, ended, seconds } = readManifest(folder);
  if (ended !== null) {
    console.error(`hellfact: ${folder} is complete: ${parts.length} parts. Nothing was done.`);
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
  return { plan: { ...plan, folder }, done: parts, secondsBefore: seconds, folder };
}

function goalOf({ plan, done, secondsBefore }: ReadyRun, workers: number) {
  const { codec, compressor, folder, durationSeconds, start, end } = plan;
  const isFar = end === Number.MAX_SAFE_INTEGER;
  return {
    title: `run ${codec} → ${compressor} → ${folder === null ? "null" : "file"}   ${workers} workers`,
    seconds: durationSeconds,
    positions: isFar ? null : end - start,
    positionsBefore: done.reduce((sum, { from, to }) => sum + to - from, 0),
    secondsBefore,
  };
}
