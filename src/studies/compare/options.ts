import { InvalidArgumentError, Option, type Command } from "commander";
import type { CompressionUnit } from "../../core/compressor.js";
import type { Sync } from "../../core/sink.js";
import { type SweepChoice } from "./sweep/sweep.js";
import type { Delays } from "../../pipeline/injection.js";
import type { Direction } from "../../trial/result.js";
import type { Slowing } from "../../sinks/slowed.js";
import { DEFAULT_CODECS } from "../../plugins/default-codecs.js";
import { addInjection, sinkChoice } from "../../terminal/conditions.js";
import { addKeyOptions, INPUT_WORDS, type KeyOptions } from "../../terminal/input-options.js";
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
import { addRuntimeOptions, type RuntimeOptions } from "../../terminal/runtime-options.js";
import { COMPARE_DEFAULTS, QUICK_SECONDS } from "./defaults.js";
import { sweep } from "./sweep/options.js";
import { addWorldOptions, type WorldOptions } from "../../terminal/world-options.js";

/** What a command line asks of a comparison. */
export interface BenchOptions
  extends CommonOptions, WorldOptions, RuntimeOptions, KeyOptions, DetailOptions {
  readonly codec?: string[];
  readonly compress: readonly string[];
  readonly gunzip: readonly string[];
  readonly direction: readonly Direction[];
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

/** The options of `hellfact bench`. */
export function addBenchOptions(command: Command): Command {
  command
    .option(
      "--codec <names>",
      `codecs to compare, one of your own by its file, or all (default: ${DEFAULT_CODECS.join(", ")})`,
      list,
    )
    .addOption(
      new Option(
        "--compress <names>",
        "none, gzip, brotli, zstd, snappy, lz4; with a level, such as gzip:9 or gzip:fast; one of your own by its file; or all",
      )
        .argParser(list)
        .default(COMPARE_DEFAULTS.compressors, "none,gzip, and zstd where there is one"),
    )
    .addOption(unitOption())
    .addOption(
      new Option("--gunzip <engines>", "engines to read gzip with")
        .argParser(listOf("node:zlib", "zlib-sync"))
        .default(COMPARE_DEFAULTS.engines, "both for json"),
    )
    .addOption(
      new Option("--direction <names>", "write, read, project, validate")
        .argParser(listOf("write", "read", "project", "validate"))
        .default(COMPARE_DEFAULTS.directions, "write and read; project what is not compressed"),
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
        .default(COMPARE_DEFAULTS.trials),
    )
    .addOption(
      new Option("--budget <time>", "time for all trials, which is kept")
        .argParser(duration)
        .default(COMPARE_DEFAULTS.budgetSeconds, `${COMPARE_DEFAULTS.budgetSeconds}s`),
    )
    .addOption(
      new Option("--quick", `a rough answer: --budget ${QUICK_SECONDS}s`).conflicts("budget"),
    )
    .addOption(
      new Option("--precision <share>", "interval at which a scenario is done")
        .argParser(percentage)
        .default(COMPARE_DEFAULTS.precision, `${COMPARE_DEFAULTS.precision * 100}%`),
    )
    .addOption(
      new Option("--sync <when>", "when written files are forced to the disk")
        .choices(["none", "close", "batch"])
        .default(COMPARE_DEFAULTS.sync),
    )
    .addOption(
      new Option(
        "--sink <where>",
        "file, or null to stay away from the disk; behind throttle:50MB/s or latency:5ms to hold it back",
      )
        .argParser(benchSink)
        .default(
          { slowing: COMPARE_DEFAULTS.slowing, place: COMPARE_DEFAULTS.sink },
          COMPARE_DEFAULTS.sink,
        ),
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
  command.addOption(
    new Option(
      "--sweep <what>",
      "fact-size, batch, level or duplication, or with values: level=1,6,9 (writes, unless --direction)",
    ).argParser(sweep),
  );
  addKeyOptions(command);
  addInjection(command);
  addRuntimeOptions(command);
  addWorldOptions(command);
  addDetailOptions(command);
  return addCommonOptions(command).addHelpText(
    "after",
    examples(
      "hellfact bench --codec json,msgpackr --compress none,gzip:1 --budget 30s",
      "hellfact bench --input events.ndjson.gz --verdict --sink throttle:50MB/s",
    ),
  );
}

/** Where a comparison's bytes can go. */
function benchSink(text: string): BenchOptions["sink"] {
  const { slowing, place } = sinkChoice(text);
  if (place === "" || place === "file") return { slowing, place: "file" };
  if (place === "null") return { slowing, place };
  throw new InvalidArgumentError(
    "It takes file or null, alone or behind throttle:50MB/s or latency:5ms; hellfact run takes others, too.",
  );
}
