import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { DiskFullError, HellfactError } from "../core/errors.js";
import type { Sync } from "../core/sink.js";
import { prepareComparison, runComparison } from "../measure/comparison.js";
import { describe } from "../measure/scenario.js";
import type { Study } from "../measure/trial.js";
import type { Delays } from "../pipeline/injection.js";
import { checkPluginName, pluginNames } from "../plugins/catalog.js";
import { bytes } from "../report/numbers.js";
import { textReport } from "../report/text.js";
import type { Direction } from "../results/document.js";
import { makeRunFolder, saveResults } from "../results/save.js";
import { NOT_SLOWED, type Slowing } from "../sinks/slowed.js";
import { addInjection, sinkChoice } from "./conditions.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  listOf,
  percentage,
  type CommonOptions,
} from "./options.js";
import { startProgress } from "./progress.js";
import { addRuntimeOptions, chosenRuntimes, type RuntimeOptions } from "./runtime-options.js";
import { colorsOn, INTERRUPTED } from "./terminal.js";
import {
  addWorldOptions,
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "./world-options.js";

interface BenchOptions extends CommonOptions, WorldOptions, RuntimeOptions {
  readonly codec?: string[];
  readonly compress: string[];
  readonly gunzip: string[];
  readonly direction: Direction[];
  readonly input?: string;
  readonly facts?: number;
  readonly trials: number;
  readonly budget: number;
  readonly precision: number;
  readonly sync: Sync;
  readonly sink: { readonly slowing: Slowing; readonly place: "file" | "null" };
  readonly inject: Delays;
  readonly verdict: boolean;
  readonly causal: boolean;
}

export function configure(command: Command): Command {
  command
    .option("--codec <names>", "codecs to compare (default: all)", list)
    .addOption(
      new Option("--compress <names>", "none, gzip, or with a level gzip:1 to gzip:9")
        .argParser(list)
        .default(["none", "gzip"], "none,gzip"),
    )
    .addOption(
      new Option("--gunzip <engines>", "engines to read gzip with (default: both for json)")
        .argParser(listOf("node:zlib", "zlib-sync"))
        .default([], ""),
    )
    .addOption(
      new Option(
        "--direction <names>",
        "write, read, project, validate (default: write and read; project what is not compressed)",
      )
        .argParser(listOf("write", "read", "project", "validate"))
        .default([], ""),
    )
    .option("--input <file>", "facts of your own: JSON or NDJSON, gzipped or not")
    .option(
      "--facts <n>",
      "distinct facts in the pool (default: 256 or more, 10 MB or more)",
      count(1),
    )
    .addOption(
      new Option("--trials <n>", "trials of each scenario, at least")
        .argParser(count(1))
        .default(5),
    )
    .addOption(
      new Option("--budget <time>", "time for all trials").argParser(duration).default(80, "80s"),
    )
    .addOption(
      new Option("--precision <share>", "interval at which a scenario is done")
        .argParser(percentage)
        .default(0.02, "2%"),
    )
    .addOption(
      new Option("--sync <when>", "when written files are forced to the disk")
        .choices(["none", "close", "batch"])
        .default("close"),
    )
    .addOption(
      new Option(
        "--sink <where>",
        "file, or null to stay away from the disk; behind throttle:50MB/s or latency:5ms to hold it back",
      )
        .argParser(benchSink)
        .default({ slowing: NOT_SLOWED, place: "file" }, "file"),
    )
    .addOption(
      new Option(
        "--verdict",
        "also measure what each part of a write can do alone, and say what binds",
      )
        .default(false)
        .conflicts("causal"),
    )
    .addOption(
      new Option("--causal", "also delay each part of a write on purpose, and say what that does")
        .default(false)
        .conflicts("verdict"),
    );
  addInjection(command);
  addRuntimeOptions(command);
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact bench --codec json,msgpackr --compress none,gzip:1 --budget 30s",
        "hellfact bench --input events.ndjson.gz --verdict --sink throttle:50MB/s",
      ),
    )
    .action(run);
}

async function run(options: BenchOptions): Promise<void> {
  const codecs = options.codec ?? pluginNames("codecs");
  for (const name of codecs) checkPluginName("codecs", name);
  if (options.input !== undefined) refuseWorldOptions(options, `--input ${options.input}`);
  const { runtimes, problems } = await chosenRuntimes(options, options, codecs);
  const prepared = await prepareComparison({
    ...options,
    codecs,
    compressors: options.compress,
    directions: options.direction,
    engines: options.gunzip,
    runtimes,
    problems,
    budgetSeconds: options.budget,
    sink: options.sink.place,
    slowing: options.sink.slowing,
    delays: options.inject,
    study: studyOf(options),
    input: options.input ?? null,
    profile: await worldProfile(options),
    facts: options.facts ?? null,
    command: ["hellfact", ...process.argv.slice(2)],
  });
  const runFolder = makeRunFolder(options.out, new Date());
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());

  const progress = startProgress("measuring", options.quiet);
  const { document, stopped } = await runComparison(prepared, runFolder, {
    signal: interruption.signal,
    onProgress: ({ scenario, round, secondsLeft, done }) => {
      const stage = scenario === undefined ? "done" : `round ${round}`;
      const activity = scenario === undefined ? "" : describe(scenario);
      progress.update({ done, secondsLeft, stage, activity });
    },
  }).finally(() => progress.stop());

  if (stopped instanceof DiskFullError) {
    try {
      saveResults(options.out, runFolder, document);
    } catch {
      // there is no room for the results either
    }
    throw stopped;
  }
  saveResults(options.out, runFolder, document);
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(`${textReport(document, { colors: colorsOn(process.stdout) })}\n`);
  console.error(` ${folderSummary(runFolder)}   hellfact report prints it again\n`);
  if (stopped === "interrupted") process.exitCode = INTERRUPTED;
  else if (document.scenarios.every(({ status }) => status !== "ok")) {
    const why =
      document.scenarios.find(({ reason }) => reason !== null)?.reason ?? "none was planned";
    throw new HellfactError(`no scenario could be measured: ${why}.`);
  }
}

/** Where a comparison's bytes can go. */
function benchSink(text: string): BenchOptions["sink"] {
  const { slowing, place } = sinkChoice(text);
  if (place === "" || place === "file") return { slowing, place: "file" };
  if (place === "null") return { slowing, place };
  throw new InvalidArgumentError(
    "It takes file or null, alone or behind throttle:50MB/s or latency:5ms.",
  );
}

function studyOf({ verdict, causal }: BenchOptions): Study {
  if (verdict) return "ceilings";
  return causal ? "causal" : "none";
}

function folderSummary(folder: string): string {
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  return `${folder}   ${sizes.length} files, ${bytes(sizes.reduce((sum, size) => sum + size, 0))}`;
}
