import { Argument, Option, type Command } from "commander";
import type { Grain } from "../../../core/compressor.js";
import { InputError } from "../../../core/errors.js";
import { prepareComparison } from "../comparison.js";
import { describe } from "../../../trial/scenario.js";
import { INTERRUPTED_STORY, tellStory } from "./validate.js";
import { NO_DELAYS } from "../../../pipeline/injection.js";
import { checkPluginName } from "../../../plugins/catalog.js";
import { onScreen, wrapped } from "../../../report/layout.js";
import { bytes, significant } from "../../../report/numbers.js";
import { storySentences, storyTable } from "./story-text.js";
import { NOT_SLOWED } from "../../../sinks/slowed.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  grainOption,
  type CommonOptions,
} from "../../../terminal/options.js";
import { startProgress } from "../../../terminal/progress.js";
import { INTERRUPTED } from "../../../terminal/terminal.js";
import {
  addWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../../../terminal/world-options.js";

interface StoryOptions extends CommonOptions, WorldOptions {
  readonly codec: string;
  readonly grain: Grain;
  readonly trials: number;
  readonly budget: number;
}

export function configure(command: Command): Command {
  command
    .addArgument(
      new Argument("[compressor]", "what is compressed with: gzip, gzip:1").default("gzip"),
    )
    .option("--codec <name>", "how facts become bytes", "json")
    .addOption(grainOption())
    .addOption(
      new Option("--trials <n>", "trials of each, at least").argParser(count(5)).default(5),
    )
    .addOption(
      new Option("--budget <time>", "time for each half").argParser(duration).default(15, "15s"),
    );
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText("after", examples("hellfact story gzip", "hellfact story gzip:1 --codec protobuf"))
    .action(run);
}

async function run(compressor: string, options: StoryOptions): Promise<void> {
  checkPluginName("codecs", options.codec);
  if (compressor === "none") {
    throw new InputError("a story is about compressing: give it gzip, or gzip:1.");
  }
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
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  const progress = startProgress("measuring", options.quiet);
  const before: string[] = [];
  const story = await tellStory(
    prepared,
    {
      signal: interruption.signal,
      onProgress: ({ scenario, round, secondsLeft, done }) => {
        const stage = scenario === undefined ? "done" : `round ${round}`;
        progress.update({ done, secondsLeft, stage, activity: scenario ? describe(scenario) : "" });
      },
    },
    ({ plain, squeezed, breakEvenBytesPerSecond }) => {
      const made = [plain, squeezed].map(
        (maker, index) =>
          `${names[index]} makes ${significant(maker.factsPerSecond)} facts/s of ${bytes(maker.storedBytesPerFact)}`,
      );
      before.push(
        `Without a disk ${made.join(", ")}.`,
        `By the formula ${compressor.replace(":", " ")} pays on a disk slower than ${bytes(breakEvenBytesPerSecond)}/s.`,
      );
    },
  ).finally(() => progress.stop());
  if (story === INTERRUPTED_STORY) {
    process.exitCode = INTERRUPTED;
    console.error("hellfact: interrupted before the story was told.");
    return;
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify(story)}\n`);
    return;
  }
  const lines = [
    ...before.flatMap(wrapped),
    "",
    ...storyTable(story.scenes, names),
    "",
    ...storySentences(story.scenes, compressor.replace(":", " ")).flatMap(wrapped),
  ];
  process.stdout.write(`\n${onScreen(lines)}\n\n`);
}
