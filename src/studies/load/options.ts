/** What a person may ask of `hellfact load`. */
import { Option, type Command } from "commander";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  listOf,
  type CommonOptions,
} from "../../terminal/options.js";
import type { LoadAsked } from "./asked.js";
import { LOAD_DEFAULTS } from "./defaults.js";
import { SCHEDULINGS } from "./measure/connections/messages.js";

export interface LoadOptions extends LoadAsked, CommonOptions {
  readonly store: string;
}

export function addLoadOptions(command: Command): Command {
  command
    .argument("[folder]", "a run whose parts are loaded, each exactly once")
    .requiredOption(
      "--store <url>",
      "sqlite:FILE, duckdb:FILE, postgres://USER@HOST/DATABASE; sqlite or duckdb alone for a scratch file",
    )
    .option("--compare", "methods × sizes: rows per second, and where each collapses")
    .option("--method <names>", "methods to compare (default: all of the store)", list)
    .option("--rows <list>", "sizes, such as 100,1k,10k,100k,844350", counts)
    .addOption(
      new Option(
        "--table <name>",
        "facts: one JSON document a row (of a run's); events: eight columns (else)",
      ).choices(["events", "facts"]),
    )
    .option(
      "--documents <kinds>",
      "what documents are kept as, such as json,jsonb,text; or all",
      list,
    )
    .option("--input <file>", "facts of your own, as a table of their schema's columns")
    .addOption(
      new Option("--preset <name>", "pairs: samples, and a result for each pair of them").choices([
        "pairs",
      ]),
    )
    .addOption(
      new Option("--commit <what>", "what a commit is to survive, where the method does not say")
        .choices(["power", "process"])
        .default(LOAD_DEFAULTS.commit),
    )
    .addOption(
      new Option("--timeout <time>", "a load that takes longer is killed")
        .argParser(duration)
        .default(LOAD_DEFAULTS.timeout, "3s"),
    )
    .addOption(
      new Option("--rounds <n>", "rounds over all cells")
        .argParser(count(1))
        .default(LOAD_DEFAULTS.rounds),
    )
    .addOption(
      new Option("--budget <time>", "no further round of a comparison begins after this")
        .argParser(duration)
        .default(LOAD_DEFAULTS.budget, "50s"),
    )
    .option("--connections <list>", "single rows over so many connections, such as 1,8,64", counts)
    .addOption(
      new Option(
        "--scheduling <names>",
        "pool, pipeline (several statements under way), workers (processes)",
      )
        .argParser(listOf(...SCHEDULINGS))
        .default(LOAD_DEFAULTS.scheduling, "pool"),
    )
    .addOption(
      new Option("--depth <n>", "statements under way on a connection that is pipelined")
        .argParser(count(1))
        .default(LOAD_DEFAULTS.depth),
    )
    .addOption(
      new Option("--phase <time>", "how long each of the three rates is measured")
        .argParser(duration)
        .default(LOAD_DEFAULTS.phase, "1s"),
    )
    .option(
      "--verdict",
      "what binds the load by one --method (one-by-one), over --connections (1), --rows in a commit",
    )
    .option("--values", "what a value loses: as documents of every kind, and in typed columns")
    .option(
      "--rate <n>",
      "rows to begin a second, their latencies counted from when they should",
      count(1),
    );
  return addCommonOptions(command).addHelpText(
    "after",
    examples(
      "hellfact load out/2026-11-22T09-15-02 --store sqlite:facts.db",
      "hellfact load --verdict --store postgres://postgres@127.0.0.1/test --connections 1,8",
    ),
  );
}

/** Sizes with commas between them, in ascending order. */
function counts(text: string): number[] {
  return [...new Set(list(text).map(count(1)))].toSorted((a, b) => a - b);
}
