import { Argument, Option, type Command } from "commander";
import type { CompressionUnit } from "../../../core/compressor.js";
import { InputError } from "../../../core/errors.js";
import { jsonText } from "../../../core/foreign-text.js";
import { prepareComparison } from "../comparison.js";
import { describe } from "../../../trial/scenario.js";
import { INTERRUPTED_VALIDATION, validateModel, type Validation } from "./validate.js";
import { NO_DELAYS } from "../../../pipeline/injection.js";
import { loadCompressor } from "../../../plugins/load-compressor.js";
import { checkPluginName } from "../../../plugins/catalog.js";
import { onScreen, wrapped } from "../../../report/layout.js";
import { bytes, significant } from "../../../report/numbers.js";
import { validationSentences, validationTable } from "./validation-text.js";
import { NOT_SLOWED } from "../../../sinks/slowed.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  unitOption,
  type CommonOptions,
} from "../../../terminal/options.js";
import { startProgress } from "../../../terminal/progress.js";
import { INTERRUPTED } from "../../../terminal/terminal.js";
import {
  addWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../../../terminal/world-options.js";
import { say } from "../../../terminal/say.js";
import { listenForInterruption } from "../../../terminal/interruption.js";

interface BreakEvenOptions extends CommonOptions, WorldOptions {
  readonly codec: string;
  readonly unit: CompressionUnit;
  readonly trials: number;
  readonly budget: number;
}

export function configure(command: Command): Command {
  command
    .addArgument(
      new Argument("[compressors]", "what is compressed with: gzip, or gzip:6,gzip:balanced")
        .argParser(list)
        .default(["gzip"], "gzip"),
    )
    .option("--codec <name>", "how facts become bytes", "json")
    .addOption(unitOption())
    .addOption(
      new Option("--trials <n>", "trials of each, at least").argParser(count(5)).default(5),
    )
    .addOption(
      new Option("--budget <time>", "time for each half").argParser(duration).default(15, "15s"),
    );
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact break-even gzip:6,gzip:balanced",
        "hellfact break-even gzip:1 --codec protobuf",
      ),
    )
    .action(run);
}

async function run(compressors: readonly string[], options: BreakEvenOptions): Promise<void> {
  checkPluginName("codecs", options.codec);
  if (compressors.includes("none")) {
    throw new InputError("it is about compressing: give it gzip, or gzip:1.");
  }
  for (const compressor of compressors) await loadCompressor(compressor);
  const interruption = listenForInterruption();
  const found: Validation[] = [];
  for (const compressor of compressors) {
    const validation = await validate(compressor, options, interruption.signal);
    if (validation === INTERRUPTED_VALIDATION) {
      process.exitCode = INTERRUPTED;
      say(found.length > 0 ? "interrupted." : "interrupted before anything could be said.");
      return;
    }
    found.push(validation);
  }
  if (options.json) {
    process.stdout.write(`${jsonText(found.length === 1 ? found[0] : found)}\n`);
  }
}

/** Says what was predicted and what was measured, but where the answer is wanted as JSON. */
async function validate(
  compressor: string,
  options: BreakEvenOptions,
  signal: AbortSignal,
): Promise<Validation | typeof INTERRUPTED_VALIDATION> {
  const prepared = await prepareComparison({
    ...{ ...options, codecs: [options.codec], compressors: ["none", compressor] },
    ...{
      directions: ["write"],
      engines: [],
      runtimes: [],
      sink: "null",
      sync: "none",
      study: "none",
    },
    ...{
      slowing: NOT_SLOWED,
      delays: NO_DELAYS,
      input: null,
      schema: null,
      facts: null,
      precision: 0.02,
    },
    budgetSeconds: options.budget,
    profile: await worldProfile(options),
    command: ["hellfact", ...process.argv.slice(2)],
  });
  const names = [options.codec, `${options.codec} ${compressor.replace(":", " ")}`] as const;
  const progress = startProgress("measuring", options.quiet);
  const before: string[] = [];
  const validation = await validateModel(
    prepared,
    {
      signal,
      onProgress: ({ scenario, round, secondsLeft, done }) => {
        const stage = scenario === undefined ? "done" : `round ${round}`;
        progress.update({ done, secondsLeft, stage, activity: scenario ? describe(scenario) : "" });
      },
    },
    ({ plain, compressed, breakEvenBytesPerSecond }) => {
      const made = [plain, compressed].map(
        (maker, index) =>
          `${names[index]} makes ${significant(maker.factsPerSecond)} facts/s of ${bytes(maker.storedBytesPerFact)}`,
      );
      before.push(
        `Without a disk ${made.join(", ")}.`,
        `By the formula ${compressor.replace(":", " ")} pays on a disk slower than ${bytes(breakEvenBytesPerSecond)}/s.`,
      );
    },
  ).finally(() => progress.stop());
  if (validation === INTERRUPTED_VALIDATION || options.json) return validation;
  const lines = [
    ...before.flatMap(wrapped),
    "",
    ...validationTable(validation.disks, names),
    "",
    ...validationSentences(validation.disks, compressor.replace(":", " ")).flatMap(wrapped),
  ];
  process.stdout.write(`\n${onScreen(lines)}\n\n`);
  return validation;
}
