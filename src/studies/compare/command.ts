import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { DiskFullError, HellfactError } from "../../core/errors.js";
import type { CompressionUnit } from "../../core/compressor.js";
import type { Sync } from "../../core/sink.js";
import {
  prepareComparison,
  runComparison,
  type Comparison,
  type ComparisonHooks,
  type ComparisonOptions,
} from "./comparison.js";
import { codecsNamed } from "../../plugins/default-codecs.js";
import { prepareSweep, runSweep, type SweepChoice } from "./sweep/sweep.js";
import { describe } from "../../trial/scenario.js";
import type { Delays } from "../../pipeline/injection.js";
import { checkPluginName } from "../../plugins/catalog.js";
import { isCodecFile } from "../../plugins/load-codec.js";
import { bytes } from "../../report/numbers.js";
import type { Detail } from "../../report/options.js";
import { textReport } from "./report/text.js";
import type { Direction } from "../../trial/result.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { NOT_SLOWED, type Slowing } from "../../sinks/slowed.js";
import { addInjection, sinkChoice } from "../../terminal/conditions.js";
import {
  addKeyOptions,
  INPUT_WORDS,
  keyDecisions,
  type KeyOptions,
} from "../../terminal/input-options.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  unitOption,
  list,
  listOf,
  percentage,
  type CommonOptions,
} from "../../terminal/options.js";
import { addDetailOptions, type DetailOptions } from "../../terminal/detail.js";
import { startProgress } from "../../terminal/progress.js";
import {
  addRuntimeOptions,
  chosenRuntimes,
  type RuntimeOptions,
} from "../../terminal/runtime-options.js";
import { sweep, sweepDefaults } from "./sweep/options.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import {
  addWorldOptions,
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../../terminal/world-options.js";
import { sayPlainly } from "../../terminal/say.js";

interface BenchOptions
  extends CommonOptions, WorldOptions, RuntimeOptions, KeyOptions, DetailOptions {
  readonly codec?: string[];
  readonly compress: string[];
  readonly gunzip: string[];
  readonly direction: Direction[];
  readonly input?: string[];
  readonly schema?: string;
  readonly facts?: number;
  readonly trials: number;
  readonly budget: number;
  readonly precision: number;
  readonly unit: CompressionUnit;
  readonly sync: Sync;
  readonly sweep?: SweepChoice;
  readonly sink: { readonly slowing: Slowing; readonly place: "file" | "null" };
  readonly inject: Delays;
  readonly quick?: boolean;
  readonly verdict: boolean;
  readonly causal: boolean;
}

/** Enough for an interval that leaves out one outlier on each side. */
const DEFAULT_TRIALS = 9;
const DEFAULT_SECONDS = 80;
const QUICK_SECONDS = 15;

export function configure(command: Command): Command {
  command
    .option(
      "--codec <names>",
      "codecs to compare, one of your own by its file, or all (default: six of them)",
      list,
    )
    .addOption(
      new Option(
        "--compress <names>",
        "none, gzip, brotli, zstd, snappy; or with a level, such as gzip:9",
      )
        .argParser(list)
        .default(["none", "gzip"], "none,gzip"),
    )
    .addOption(unitOption())
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
    .option("--input <file...>", `facts of your own: ${INPUT_WORDS}`)
    .option("--schema <file>", "their JSON Schema (default: inferred from them)")
    .option(
      "--facts <n>",
      "distinct facts in the pool (default: 256 or more, 10 MB or more)",
      count(1),
    )
    .addOption(
      new Option("--trials <n>", "trials of each scenario that are wanted")
        .argParser(count(1))
        .default(DEFAULT_TRIALS),
    )
    .addOption(
      new Option("--budget <time>", "time for all trials, which is kept")
        .argParser(duration)
        .default(DEFAULT_SECONDS, `${DEFAULT_SECONDS}s`),
    )
    .option("--quick", `a rough answer: --budget ${QUICK_SECONDS}s`)
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
        .conflicts(["causal", "runtime", "configuration"]),
    )
    .addOption(
      new Option("--causal", "also delay each part of a write on purpose, and say what that does")
        .default(false)
        .conflicts(["verdict", "runtime", "configuration"]),
    );
  command.addOption(
    new Option(
      "--sweep <what>",
      "fact-size, batch, level or duplication, or with values: level=1,6,9 (writes, unless --direction)",
    )
      .argParser(sweep)
      .conflicts(["verdict", "causal", "runtime", "configuration"]),
  );
  addKeyOptions(command);
  addInjection(command);
  addRuntimeOptions(command);
  addWorldOptions(command);
  addDetailOptions(command);
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

async function run(given: BenchOptions, command: Command): Promise<void> {
  const options = given.sweep === undefined ? given : sweepDefaults(given, command);
  const codecs = codecsNamed(options.codec);
  if (options.input !== undefined) refuseWorldOptions(options, "--input");
  const decisions = keyDecisions(options, options);
  // Before anything is installed for a name that is wrong.
  for (const name of codecs) if (!isCodecFile(name)) checkPluginName("codecs", name);
  const { runtimes, problems } = await chosenRuntimes(options, options, codecs);
  const comparison = {
    ...options,
    codecs,
    compressors: options.compress,
    directions: options.direction,
    engines: options.gunzip,
    runtimes,
    problems,
    budgetSeconds: options.quick === true ? QUICK_SECONDS : options.budget,
    sink: options.sink.place,
    slowing: options.sink.slowing,
    delays: options.inject,
    study: studyOf(options),
    input: options.input ?? null,
    schema: options.schema ?? null,
    ...(decisions !== undefined && { decisions }),
    profile: await worldProfile(options),
    facts: options.facts ?? null,
    command: ["hellfact", ...process.argv.slice(2)],
  };
  const measure = await prepare(comparison, options.sweep);
  const runFolder = makeRunFolder(options.out, new Date());
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());

  const progress = startProgress("measuring", options.quiet);
  const { document, stopped } = await measure(runFolder, {
    signal: interruption.signal,
    onProgress: ({ scenario, round, secondsLeft, done }) => {
      const stage = scenario === undefined ? "done" : `round ${round}`;
      const activity = scenario === undefined ? "" : describe(scenario);
      progress.update({ done, secondsLeft, stage, activity });
    },
  }).finally(() => progress.stop());

  if (stopped instanceof DiskFullError) {
    try {
      saveDocument(options.out, runFolder, document);
    } catch {
      // there is no room for the results either
    }
    throw stopped;
  }
  saveDocument(options.out, runFolder, document);
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else
    process.stdout.write(
      `${textReport(document, { colors: colorsOn(process.stdout), detail: detailOf(options) })}\n`,
    );
  const { savePage } = await import("../../terminal/page.js");
  const { comparisonPage } = await import("./page/page.js");
  savePage(runFolder, document, comparisonPage);
  sayPlainly(` ${folderSummary(runFolder)}   report.html shows it, hellfact report prints it\n`);
  if (stopped === "interrupted") process.exitCode = INTERRUPTED;
  else if (document.scenarios.every(({ status }) => status !== "ok")) {
    const why =
      document.scenarios.find(({ reason }) => reason !== null)?.reason ?? "none was planned";
    throw new HellfactError(`no scenario could be measured: ${why}.`);
  }
}

/** Prepares a comparison, or one for each value of a sweep; returns what measures it. */
async function prepare(
  options: ComparisonOptions,
  choice: SweepChoice | undefined,
): Promise<(runFolder: string, hooks: ComparisonHooks) => Promise<Comparison>> {
  if (choice === undefined) {
    const prepared = await prepareComparison(options);
    return (runFolder, hooks) => runComparison(prepared, runFolder, hooks);
  }
  const prepared = await prepareSweep(options, choice);
  return (runFolder, hooks) => runSweep(prepared, runFolder, hooks);
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

/** What was measured beside the rates is shown, too. */
function detailOf({ all, explain, verdict, causal }: BenchOptions): Detail {
  return { all, explain, verdict: verdict || causal };
}

/** Without a wish, what binds is found out for plain JSON, which the first screen tells. */
function studyOf({ verdict, causal }: BenchOptions): ComparisonOptions["study"] {
  if (verdict) return "ceilings";
  return causal ? "causal" : "json";
}

function folderSummary(folder: string): string {
  const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .filter((stats) => stats.isFile())
    .map(({ size }) => size);
  return `${folder}   ${sizes.length} files, ${bytes(sizes.reduce((sum, size) => sum + size, 0))}`;
}
