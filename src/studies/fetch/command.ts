import { Option, type Command } from "commander";
import { InputError } from "../../core/errors.js";
import type { ColumnType } from "../../core/store.js";
import { jsonText } from "../../core/foreign-text.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  listOf,
  type CommonOptions,
} from "../../terminal/options.js";
import { startProgress } from "../../terminal/progress.js";
import { sayPlainly } from "../../terminal/say.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import type { FetchDocument } from "./document.js";
import { compareFetches } from "./measure/compare.js";
import { FETCHES, SHAPES, type Fetch, type Shape } from "./measure/driver.js";
import { driversOf } from "./measure/drivers.js";
import { COLUMN_TYPES, USUAL_TYPES } from "./measure/table.js";
import { fetchText } from "./report/text.js";
import { listenForInterruption } from "../../terminal/interruption.js";

interface FetchCommandOptions extends CommonOptions {
  readonly store: string[];
  readonly driver?: string[];
  readonly shape: Shape[];
  readonly fetch: Fetch[];
  readonly rows: number;
  readonly columns: number;
  readonly types?: ColumnType[];
  readonly times: number;
  readonly rounds: number;
  readonly budget: number;
}

export function configure(command: Command): Command {
  command
    .requiredOption(
      "--store <urls>",
      "sqlite, duckdb (scratch files), sqlite:FILE, duckdb:FILE, postgres://USER@HOST/DATABASE; several with commas",
      list,
    )
    .option("--driver <names>", "drivers (default: all of the stores)", list)
    .addOption(shaped("--shape <names>", "what a row becomes", SHAPES))
    .addOption(shaped("--fetch <names>", "all rows at once, or bit by bit", FETCHES))
    .addOption(new Option("--rows <n>", "rows of a fetch").argParser(count(1)).default(10_000))
    .addOption(new Option("--columns <n>", "columns of a row").argParser(count(1)).default(8))
    .option("--types <names>", "their types in turn", listOf<ColumnType>(...COLUMN_TYPES))
    .addOption(
      new Option("--times <n>", "fetches of each cell, if there is time")
        .argParser(count(1))
        .default(1_000),
    )
    .addOption(new Option("--rounds <n>", "rounds over all cells").argParser(count(1)).default(5))
    .addOption(
      new Option("--budget <time>", "for all cells together")
        .argParser(duration)
        .default(120, "120s"),
    );
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact fetch --store sqlite,duckdb",
        "hellfact fetch --store postgres://postgres@127.0.0.1/test --shape array,object --rows 1000",
      ),
    )
    .action(run);
}

function shaped(flags: string, text: string, all: readonly string[]): Option {
  return new Option(flags, text).argParser(listOf(...all)).default([...all], all.join(","));
}

async function run(options: FetchCommandOptions): Promise<void> {
  checkStores(options);
  const { rows, columns, rounds, times, budget, seed } = options;
  const createdAt = new Date();
  const folder = makeRunFolder(options.out, createdAt);
  const interruption = listenForInterruption();
  const progress = startProgress("fetching", options.quiet);
  const types = options.types ?? USUAL_TYPES;
  const found = await compareFetches({
    ...{ folder, rounds, times, seed, budgetSeconds: budget, signal: interruption.signal },
    ...{ stores: options.store, drivers: options.driver },
    ...{ shapes: options.shape, fetches: options.fetch, table: { rows, columns, types } },
    onProgress: ({ done, secondsLeft, round, cell }) => {
      const activity = `${cell.driver} ${cell.shape} ${cell.fetch}`;
      progress.update({ done, secondsLeft, stage: `round ${round}`, activity });
    },
  }).finally(() => progress.stop());
  const document: FetchDocument = {
    ...begun("fetch", 1, createdAt.toISOString()),
    complete: !interruption.signal.aborted,
    command: process.argv.slice(2).map((word) => word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@")),
    warnings: [],
    environment: environmentFingerprint([]),
    ...{ rows, columns, types: [...types], times },
    ...found,
  };
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else process.stdout.write(fetchText(document, { colors: colorsOn(process.stdout) }));
  sayPlainly(` ${folder}   results.json\n`);
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
}

/** Throws an `InputError` for a store or a driver that there is not. */
function checkStores({ store, driver }: FetchCommandOptions): void {
  const names = store.map((url) => url.split(":", 1)[0]?.replace("postgresql", "postgres") ?? "");
  const known = names.flatMap(driversOf);
  const strange = names.find((name) => driversOf(name).length === 0);
  if (strange !== undefined) {
    throw new InputError(
      `--store ${strange}: rows are fetched out of sqlite, duckdb and postgres://USER@HOST/DATABASE.`,
    );
  }
  const missing = driver?.find((name) => !known.includes(name));
  if (missing !== undefined) {
    throw new InputError(
      `--driver ${missing}: the drivers of these stores are ${known.join(", ")}.`,
    );
  }
  if (new Set(names).size < names.length) {
    throw new InputError("--store: give each kind of store once.");
  }
}
