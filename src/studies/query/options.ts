/** What a person may ask of `hellfact query`. */
import { Option, type Command } from "commander";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  size,
  type CommonOptions,
} from "../../terminal/options.js";
import { addOwnOptions, type OwnOptions } from "../../terminal/own-options.js";
import { FORMATS, type Format } from "./report/forms.js";

export interface QueryOptions extends CommonOptions, OwnOptions {
  readonly format?: Format;
  readonly output?: string;
  readonly explain: boolean;
  readonly memory?: number;
  readonly temp?: string;
  readonly threads?: number;
  readonly factLimit?: number;
  readonly schema?: string;
  readonly compare: boolean;
  readonly store?: string;
  readonly facts: number;
  readonly rounds: number;
  readonly budget: number;
}

export function addQueryOptions(command: Command): Command {
  command
    .argument(
      "[sql]",
      "the query, or the name of a .sql file; a prompt without one. The table is facts",
    )
    .argument(
      "[places...]",
      "a run's folder, files (NDJSON, gzipped or not, JSON, CSV, Parquet), or the URL of a store",
    )
    .addOption(
      new Option("--format <name>", "how rows are printed (default: table)").choices(FORMATS),
    )
    .option("--output <file>", "where the rows go; its ending says their format")
    .addOption(new Option("--explain", "how it is done, and not the rows").default(false))
    .option(
      "--memory <size>",
      "the most memory, such as 1GB (default: 80 % of the machine's)",
      size,
    )
    .option("--temp <folder>", "where it spills to what does not fit (default: the system's)")
    .option("--threads <n>", "threads (default: as many as cores)", count(1))
    .option("--fact-limit <size>", "the largest fact that is read (default: 16MiB)", size)
    .option("--schema <file>", "the JSON Schema of facts that have none beside them")
    .addOption(
      new Option("--compare", "measure instead: questions × ways to keep facts").default(false),
    )
    .option("--store <url>", "of PostgreSQL, for --compare: postgres://USER@HOST/DATABASE")
    .addOption(
      new Option("--facts <n>", "facts to compare with").argParser(count(10)).default(1_000),
    )
    .addOption(new Option("--rounds <n>", "rounds of a comparison").argParser(count(1)).default(5))
    .addOption(
      new Option("--budget <time>", "no further round of a comparison begins after this")
        .argParser(duration)
        .default(120, "120s"),
    );
  addOwnOptions(command);
  return addCommonOptions(command).addHelpText(
    "after",
    examples(
      'hellfact query "SELECT count(DISTINCT player.id) FROM facts" events',
      "hellfact query top-players.sql events --output top-players.csv",
    ),
  );
}
