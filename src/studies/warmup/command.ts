import { join } from "node:path";
import { Option, type Command } from "commander";
import { HellfactError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { breakEvensOf } from "./measure/break-evens.js";
import { codecsNamed } from "../../plugins/default-codecs.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { environmentUnder } from "../../runtimes/environment.js";
import { checkedCodec } from "../../contracts/codec/own-codec.js";
import { watchWarmups } from "./measure/warmup.js";
import { checkedCompressor } from "../../contracts/compressor/own-compressor.js";
import { warmupCharts } from "./report/charts.js";
import { warmupText } from "./report/text.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import type { WarmupDocument } from "./document.js";
import { writeWhole } from "../../sinks/file.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  type CommonOptions,
} from "../../terminal/options.js";
import { startProgress } from "../../terminal/progress.js";
import {
  addRuntimeOptions,
  chosenRuntimes,
  type RuntimeOptions,
} from "../../terminal/runtime-options.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import {
  addWorldOptions,
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../../terminal/world-options.js";
import { sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

interface WarmupCommandOptions extends CommonOptions, WorldOptions, RuntimeOptions {
  readonly codec?: string[];
  readonly compress: string;
  readonly direction: "write" | "read";
  readonly input?: string;
  readonly trials: number;
  readonly watch: number;
  readonly facts?: number;
  readonly prewarm?: number;
}

export function configure(command: Command): Command {
  command
    .option(
      "--codec <names>",
      "codecs to watch, one of your own by its file, or all (default: those of a plain bench)",
      list,
    )
    .option(
      "--compress <name>",
      "none, gzip, …, with a level perhaps: gzip:1; or one of your own by its file",
      "none",
    )
    .addOption(
      new Option("--direction <name>", "what they do, from memory to nowhere or from a file")
        .choices(["write", "read"])
        .default("write"),
    )
    .option("--input <file>", "facts of your own: JSON or NDJSON, gzipped or not")
    .addOption(new Option("--trials <n>", "processes of each").argParser(count(1)).default(5))
    .addOption(
      new Option("--watch <time>", "processor time to watch each process for")
        .argParser(duration)
        .default(2, "2s"),
    )
    .option("--facts <n>", "stop each process after so many facts", count(100))
    .option("--prewarm <time>", "do the same work for so long before the first fact", duration);
  addRuntimeOptions(command);
  addWorldOptions(command);
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact warmup --codec json,protobuf",
        "hellfact warmup --codec protobuf --configuration default,compile-cache --runtime node@24,deno",
      ),
    )
    .action(run);
}

async function run(options: WarmupCommandOptions): Promise<void> {
  const codecs = await Promise.all(codecsNamed(options.codec).map(checkedCodec));
  const compressor = await checkedCompressor(options.compress);
  if (options.input !== undefined) refuseWorldOptions(options, `--input ${options.input}`);
  const profile = await worldProfile(options);
  const { runtimes, problems } = await chosenRuntimes(
    options,
    options,
    codecs.map(({ codec }) => codec),
  );
  const createdAt = new Date();
  const runFolder = makeRunFolder(options.out, createdAt);
  const interruption = listenForInterruption();
  const progress = startProgress("watching", options.quiet);
  const startedAt = performance.now();
  const { scenarios, sourceName, poolSize } = await watchWarmups(
    {
      ...{ codecs, compressor, direction: options.direction, runtimes, profile },
      ...{ seed: options.seed, input: options.input ?? null, processes: options.trials },
      ...{ facts: options.facts ?? null, cpuSeconds: options.watch },
      prewarmSeconds: options.prewarm ?? 0,
    },
    runFolder,
    {
      signal: interruption.signal,
      onProcess: (codec, round, done) => {
        const seconds = (performance.now() - startedAt) / 1000;
        const secondsLeft = done === 0 ? options.watch * options.trials : seconds / done - seconds;
        progress.update({ done, secondsLeft, stage: `round ${round}`, activity: codec });
      },
    },
  ).finally(() => progress.stop());
  const document: WarmupDocument = {
    ...begun("warmup", 2, createdAt.toISOString()),
    complete: !interruption.signal.aborted,
    warnings: [...problems],
    environment: environmentUnder(environmentFingerprint([]), runtimes),
    payload: {
      source: sourceName,
      ...poolSize,
      jsonBytesPerFact: poolSize.jsonBytes / poolSize.facts,
    },
    scenarios,
    ...breakEvensOf(scenarios),
  };
  saveDocument(options.out, runFolder, document);
  await draw(runFolder, document);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else process.stdout.write(warmupText(document, { colors: colorsOn(process.stdout) }));
  sayPlainly(` ${runFolder}   results.json and its curves by facts and by seconds as SVG\n`);
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
  else if (scenarios.every(({ status }) => status !== "ok")) {
    const why = scenarios.find(({ reason }) => reason !== null)?.reason ?? "none was named";
    throw new HellfactError(`nothing could be watched: ${why}.`);
  }
}

async function draw(folder: string, document: WarmupDocument): Promise<void> {
  const write = (name: string, text: string) => {
    writeWhole(join(folder, name), Buffer.from(text), "close");
  };
  if (document.scenarios.every(({ figures }) => figures === null)) return;
  const { chartSvg } = await import("../../report/chart/svg.js");
  const { bySeconds, byFacts } = warmupCharts(document);
  write("warmup-by-seconds.svg", chartSvg(bySeconds));
  write("warmup-by-facts.svg", chartSvg(byFacts));
}
