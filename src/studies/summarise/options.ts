/** What a person may ask of `hellfact summarise`. */
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Asked } from "../../summarise/index.js";
import { INPUT_WORDS } from "../../terminal/input-options.js";
import {
  addCommonOptions,
  count,
  examples,
  list,
  type CommonOptions,
} from "../../terminal/options.js";
import { addOwnOptions, type OwnOptions } from "../../terminal/own-options.js";
import { SUMMARISE_DEFAULTS } from "./defaults.js";

export type AskedAggregate = Asked["aggregates"][number];

export interface SummariseOptions extends CommonOptions, OwnOptions {
  readonly count?: readonly string[];
  readonly by?: string;
  readonly shares: readonly number[];
  readonly length: number;
  readonly exact: boolean;
  readonly merge: boolean;
  readonly save?: string;
  readonly fresh: boolean;
  readonly workers?: number;
  readonly schema?: string;
  readonly allowBombs: boolean;
  readonly format: "text" | "markdown" | "csv";
}

/** The four options that ask, and what they collect, in the order in which they stand on the command line. */
function addAskingOptions(command: Command): AskedAggregate[] {
  const asked: AskedAggregate[] = [];
  const asking = (name: string, kind: AskedAggregate["kind"], text: string) =>
    new Option(`--${name} <path>`, text).argParser((path: string, before?: readonly string[]) => {
      asked.push({ kind, path });
      return [...(before ?? []), path];
    });
  command
    .addOption(asking("unique", "unique", "how many different values there are: player.id"))
    .addOption(
      asking("quantile", "quantile", "least, greatest, and between: runs[].events[].speed"),
    )
    .addOption(asking("percentiles", "quantile", "the same").hideHelp())
    .addOption(asking("top", "top", "which values come most often: region"))
    .addOption(asking("count", "count", "how many values there are, objects too: runs[].events[]"));
  return asked;
}

export function addSummariseOptions(command: Command): AskedAggregate[] {
  command.argument("[inputs...]", `folders of runs, sketches of other machines, or ${INPUT_WORDS}`);
  const asked = addAskingOptions(command);
  command
    .option("--by <path>", "all that for each value of this field: gameDay")
    .addOption(
      new Option("--shares <list>", "which quantiles, such as 0.5,0.99")
        .argParser(shares)
        .default(SUMMARISE_DEFAULTS.shares, SUMMARISE_DEFAULTS.shares.join(",")),
    )
    .addOption(
      new Option("--length <n>", "how many of the most frequent values")
        .argParser(count(1))
        .default(SUMMARISE_DEFAULTS.length),
    )
    .addOption(
      new Option(
        "--exact",
        "have DuckDB count exactly, and say how far each figure is off",
      ).default(false),
    )
    .addOption(new Option("--merge", "inputs are sketches, and nothing else").default(false))
    .option("--save <file>", "keep the sketch of all, for --merge with those of other machines")
    .addOption(
      new Option(
        "--fresh",
        "neither use sketches that are kept beside a run's parts, nor keep any",
      ).default(false),
    )
    .option("--workers <n>", "processes (default: one for each core)", count(1))
    .option("--schema <file>", "the JSON Schema of the facts, which paths are checked by")
    .addOption(
      new Option(
        "--allow-bombs",
        "read on in gzip that inflates over 1,000:1 to 256 MB without a fact",
      ).default(false),
    )
    .addOption(
      new Option("--format <form>", "how to print it")
        .choices(["text", "markdown", "csv"])
        .default("text"),
    );
  addOwnOptions(command);
  addCommonOptions(command).addHelpText(
    "after",
    examples(
      "hellfact summarise events --unique player.id --quantile 'runs[].events[].speedMetresPerSecond'",
      "hellfact summarise events.ndjson.gz --top player.country --by gameDay --exact",
    ),
  );
  return asked;
}

function shares(text: string): number[] {
  const values = list(text).map(Number);
  if (!values.every((value) => value >= 0 && value <= 1)) {
    throw new InvalidArgumentError(
      "It takes shares from 0 to 1 with commas between them, such as 0.5,0.99.",
    );
  }
  return values.toSorted((a, b) => a - b);
}
