import { appendFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import { HellfactError, InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { compareVariants } from "./measure/compare.js";
import { rejudged } from "./decide/replay.js";
import { selfTest } from "./measure/self-test.js";
import { gateAnnotations } from "./report/annotations.js";
import { gateJunit } from "./report/junit.js";
import { gateMarkdown } from "./report/markdown.js";
import { selfTestText } from "./report/self-test.js";
import { gateText } from "./report/text.js";
import { waysText } from "./report/ways.js";
import { gateType, type GateDocument } from "./document.js";
import { loadDocument } from "../../results/load.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { writeWhole } from "../../sinks/file.js";
import { GATE_DEFAULTS } from "./defaults.js";
import { gatePayloads } from "./gate-payloads.js";
import type { Way } from "./measure/plan.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  listOf,
  size,
  type CommonOptions,
} from "../../terminal/options.js";
import { startProgress } from "../../terminal/progress.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { say, sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

interface GateOptions extends CommonOptions {
  readonly baseline?: string;
  readonly candidate?: string;
  readonly codec?: string[];
  readonly direction: readonly ("write" | "read")[];
  readonly input?: string[];
  readonly factSize?: number[];
  readonly budget?: number;
  readonly allowChangedBytes: boolean;
  readonly way: Way | "auto";
  readonly junit?: string;
  readonly replay?: string;
  readonly selfTest: boolean;
  readonly runs: number;
}

const EXIT_CODE = { pass: 0, fail: 1, inconclusive: 3 } as const;
const VARIANTS = "a codec's file, a project's folder, git:REF or npm:PACKAGE@VERSION";

export function configure(command: Command): Command {
  command
    .option("--baseline <variant>", `what was: ${VARIANTS}`)
    .option("--candidate <variant>", "what may be slower, named likewise")
    .option("--codec <names>", "codecs to compare (default: all that both variants have)", list)
    .addOption(
      new Option("--direction <names>", "write, read, or both")
        .argParser(listOf("write", "read"))
        .default(GATE_DEFAULTS.directions, GATE_DEFAULTS.directions.join(",")),
    )
    .option("--input <files>", "your own facts, each file a payload (default: generated)", list)
    .option("--fact-size <sizes>", "sizes of generated facts, each a payload", sizes)
    .option(
      "--budget <time>",
      "the most it may take (default: 6m, and 2m a further cell)",
      duration,
    )
    .addOption(
      new Option("--allow-changed-bytes", "compare speed although the format changed").default(
        GATE_DEFAULTS.allowChangedBytes,
      ),
    )
    .addOption(
      new Option(
        "--way <way>",
        "both variants in one process, or each in its own (auto: the quieter)",
      )
        .choices(["auto", "one-process", "two-processes"])
        .default(GATE_DEFAULTS.way),
    )
    .option("--junit <file>", "write the answer as JUnit XML, too")
    .option("--replay <file>", "decide again from the pairs of an earlier gate")
    .addOption(
      new Option(
        "--self-test",
        "compare variants whose difference is known, and tell how often it is right",
      ).default(false),
    )
    .option("--runs <n>", "gates of each kind in a self-test", count(1), 2);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      `\nExits with 0 for PASS, 1 for FAIL, 3 for INCONCLUSIVE, 2 where there is nothing right to compare.\n` +
        examples(
          "hellfact gate --baseline git:main --candidate . --codec json,protobuf",
          "hellfact gate --baseline npm:fast-json-stringify@6.0.1 --candidate npm:fast-json-stringify@7.3.6",
        ),
    )
    .action(run);
}

function sizes(text: string): number[] {
  return list(text).map((one) => {
    const bytes = size(one);
    if (bytes < 4000 || bytes > 1 << 20) {
      throw new InvalidArgumentError("It takes sizes from 4KB to 1MiB, such as 4KB,40KB.");
    }
    return bytes;
  });
}

/** What is said of a comparison that is to be made. */
const OF_COMPARING = [
  ...["codec", "direction", "input", "factSize", "budget", "allowChangedBytes", "way"],
];

async function run(options: GateOptions, command: Command): Promise<void> {
  refuseContradictions(options, command);
  if (options.replay !== undefined) {
    finish(rejudged(loadDocument(options.replay, [gateType])), options);
    return;
  }
  const interruption = listenForInterruption();
  const { signal } = interruption;
  try {
    await (options.selfTest ? testItself(options, signal) : compare(options, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
    say("interrupted before every cell had a pair: there is nothing to keep.");
    process.exitCode = INTERRUPTED;
  }
}

/** A gate compares, replays, or tests itself: throws where it is asked for two of these. */
function refuseContradictions(options: GateOptions, command: Command): void {
  const { baseline, candidate, replay, selfTest: isSelfTest } = options;
  const variant =
    baseline !== undefined ? "--baseline" : candidate !== undefined ? "--candidate" : undefined;
  const without = isSelfTest ? "--self-test" : replay !== undefined ? "--replay" : undefined;
  if (variant !== undefined && without !== undefined) {
    throw new InputError(
      `${variant} is for a comparison, and ${without} makes none: leave one out.`,
    );
  }
  if (isSelfTest && replay !== undefined) {
    throw new InputError("--self-test measures, and --replay does not: leave one of them out.");
  }
  if (without !== undefined) {
    refuseTyped(command, OF_COMPARING, `is for a comparison, and ${without} makes none.`);
  }
  if (!isSelfTest) refuseTyped(command, ["runs"], "is for --self-test: leave it out.");
  else refuseTyped(command, ["junit"], "is for an answer, and --self-test has many: leave it out.");
}

async function compare(options: GateOptions, signal: AbortSignal): Promise<void> {
  const { baseline, candidate } = options;
  if (baseline === undefined || candidate === undefined) {
    const missing = baseline === undefined ? "--baseline" : "--candidate";
    throw new InputError(`${missing} is missing: it takes ${VARIANTS}.`);
  }
  const payloads = await gatePayloads(options);
  const progress = startProgress("pairs", options.quiet);
  let document: GateDocument;
  try {
    document = await compareVariants(
      {
        baseline,
        candidate,
        codecs: options.codec,
        directions: options.direction,
        payloads,
        seed: options.seed,
        budgetSeconds: options.budget,
        allowChangedBytes: options.allowChangedBytes,
        way: options.way,
        command: ["hellfact", ...process.argv.slice(2)],
      },
      {
        signal,
        onNote: (text) => !options.quiet && sayPlainly(text),
        onWays: (ways) => !options.quiet && sayPlainly(waysText(ways)),
        onPair: (made, wanted, secondsLeft, { name }) =>
          progress.update({
            done: made / Math.max(made, wanted),
            stage: `${Math.floor(made / 5) * 5} pairs`,
            secondsLeft,
            activity: name,
          }),
      },
    );
  } finally {
    progress.stop();
  }
  saveDocument(options.out, makeRunFolder(options.out, new Date()), document);
  finish(document, options);
  if (signal.aborted) process.exitCode = INTERRUPTED;
}

/** Tells an answer everywhere that it is looked for, and exits with it. */
function finish(document: GateDocument, { json, junit }: GateOptions): void {
  if (junit !== undefined) writeWhole(junit, Buffer.from(gateJunit(document)), "none");
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") appendSummary(summary, gateMarkdown(document));
  if (process.env["GITHUB_ACTIONS"] === "true") process.stderr.write(gateAnnotations(document));
  process.stdout.write(
    json ? `${jsonText(document)}\n` : gateText(document, { colors: colorsOn(process.stdout) }),
  );
  process.exitCode = EXIT_CODE[document.gate.answer];
}

function appendSummary(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch {
    sayPlainly(`the summary could not be written to ${path}`);
  }
}

async function testItself(options: GateOptions, signal: AbortSignal): Promise<void> {
  const progress = startProgress("gates", options.quiet);
  const startedAt = performance.now();
  try {
    const results = await selfTest(options.runs, options.seed, signal, (done, kind) => {
      const elapsed = (performance.now() - startedAt) / 1000;
      progress.update({
        done,
        stage: kind,
        secondsLeft: done === 0 ? 0 : elapsed / done - elapsed,
        activity: kind,
      });
    });
    progress.stop();
    process.stdout.write(
      options.json ? `${jsonText({ selfTest: results })}\n` : selfTestText(results),
    );
    const wrong = results.some(({ unchanged, counts }) => unchanged && counts.fail > 0);
    if (signal.aborted) process.exitCode = INTERRUPTED;
    else if (wrong)
      throw new HellfactError("an unchanged variant failed: the gate was wrong here.");
  } finally {
    progress.stop();
  }
}
