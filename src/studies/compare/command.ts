import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { DiskFullError, HellfactError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import {
  defaultCompressors,
  SPARE_COMPRESSORS,
  EVERY_COMPRESSOR,
  everyCompressor,
} from "./plan/default-compressors.js";
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
import { checkPluginName } from "../../plugins/catalog.js";
import { isCodecFile } from "../../plugins/load-codec.js";
import { bytes } from "../../report/numbers.js";
import type { Detail } from "../../report/options.js";
import { textReport } from "./report/text.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { keyDecisions } from "../../terminal/input-options.js";
import { startProgress } from "../../terminal/progress.js";
import { chosenRuntimes } from "../../terminal/runtime-options.js";
import { COMPARE_DEFAULTS, QUICK_SECONDS } from "./defaults.js";
import { addBenchOptions, type BenchOptions } from "./options.js";
import { sweepDefaults } from "./sweep/options.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { refuseWorldOptions, worldProfile } from "../../terminal/world-options.js";
import { sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command): Command {
  return addBenchOptions(command).action(run);
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
    compressors: await compressorsOf(options, command),
    ...(!isCompressAsked(command) && { spareCompressors: SPARE_COMPRESSORS }),
    directions: options.direction,
    engines: options.gunzip,
    runtimes,
    problems,
    budgetSeconds: options.quick === true ? QUICK_SECONDS : options.budget,
    wholeRound: command.getOptionValueSource("trials") === "cli",
    sink: options.sink.place,
    slowing: options.sink.slowing,
    delays: options.inject,
    study: studyOf(options),
    input: options.input ?? COMPARE_DEFAULTS.input,
    schema: options.schema ?? COMPARE_DEFAULTS.schema,
    ...(decisions !== undefined && { decisions }),
    profile: await worldProfile(options),
    facts: options.facts ?? COMPARE_DEFAULTS.facts,
    command: ["hellfact", ...process.argv.slice(2)],
  };
  const { measure, need } = await prepare(comparison, options.sweep);
  const runFolder = makeRunFolder(options.out, new Date());
  if (need !== undefined && !options.quiet) sayPlainly(need);
  const interruption = listenForInterruption();

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
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
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

/** What measures, and in a line what the budget is too small for, if it is. */
interface Prepared {
  readonly measure: (runFolder: string, hooks: ComparisonHooks) => Promise<Comparison>;
  readonly need?: string;
}

/** Prepares a comparison, or one for each value of a sweep; returns what measures it. */
async function prepare(
  options: ComparisonOptions,
  choice: SweepChoice | undefined,
): Promise<Prepared> {
  if (choice === undefined) {
    const prepared = await prepareComparison({ ...options, budgetBegan: 0 }); // with this process
    const { need } = prepared;
    return {
      measure: (runFolder, hooks) => runComparison(prepared, runFolder, hooks),
      ...(need !== undefined && { need }),
    };
  }
  const prepared = await prepareSweep(options, choice);
  return { measure: (runFolder, hooks) => runSweep(prepared, runFolder, hooks) };
}

/** Those that were asked for, or else those that there are. */
async function compressorsOf(options: BenchOptions, command: Command): Promise<readonly string[]> {
  if (options.compress.includes(EVERY_COMPRESSOR)) return everyCompressor();
  const here = options.sweep === undefined && (options.runtime ?? []).length === 0;
  return isCompressAsked(command) || !here ? options.compress : defaultCompressors();
}

function isCompressAsked(command: Command): boolean {
  return command.getOptionValueSource("compress") !== "default";
}

/** What was measured beside the rates is shown, too. */
function detailOf({ all, explain, verdict, causal }: BenchOptions): Detail {
  return { all, explain, verdict: verdict || causal };
}

/** Without a wish, what binds is found out for plain JSON, which the first screen tells. */
function studyOf({ verdict, causal }: BenchOptions): ComparisonOptions["study"] {
  if (verdict) return "ceilings";
  return causal ? "causal" : COMPARE_DEFAULTS.study;
}

function folderSummary(folder: string): string {
  const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .filter((stats) => stats.isFile())
    .map(({ size }) => size);
  return `${folder}   ${sizes.length} files, ${bytes(sizes.reduce((sum, size) => sum + size, 0))}`;
}
