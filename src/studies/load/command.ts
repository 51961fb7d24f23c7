import { Option, type Command } from "commander";
import { DEFAULT_PROFILE } from "../../../generators/profile.js";
import { HellfactError, InputError } from "../../core/errors.js";
import { didYouMean } from "../../core/did-you-mean.js";
import type { LoadMethod, Store } from "../../core/store.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { choosePayload } from "../../payload/payload-choice.js";
import { loadStore, storeChoice } from "../../plugins/load-store.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import {
  addCommonOptions,
  count,
  duration,
  examples,
  list,
  type CommonOptions,
} from "../../terminal/options.js";
import { startProgress } from "../../terminal/progress.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import type { LoadComparison, LoadDocument } from "./document.js";
import { compareMethods } from "./measure/compare.js";
import { loadText } from "./report/text.js";
import type { TableName, TablePlan } from "./tables/make-table.js";

interface LoadOptions extends CommonOptions {
  readonly store: string;
  readonly compare?: boolean;
  readonly method?: string[];
  readonly rows?: number[];
  readonly table: "events" | "facts";
  readonly documents?: string;
  readonly input?: string;
  readonly preset?: "pairs";
  readonly commit: "power" | "process";
  readonly timeout: number;
  readonly rounds: number;
  readonly budget: number;
}

export function configure(command: Command): Command {
  command
    .requiredOption(
      "--store <url>",
      "sqlite:FILE, duckdb:FILE, postgres://USER@HOST/DATABASE; sqlite or duckdb alone for a scratch file",
    )
    .option("--compare", "methods × sizes: rows per second, and where each collapses")
    .option("--method <names>", "methods to compare (default: all of the store)", list)
    .option("--rows <list>", "sizes, such as 100,1k,10k,100k,844350", counts)
    .addOption(
      new Option("--table <name>", "events: eight columns; facts: one JSON document a row")
        .choices(["events", "facts"])
        .default("events"),
    )
    .option("--documents <kind>", "what documents are kept as, such as json, jsonb, text")
    .option("--input <file>", "facts of your own, as a table of their schema's columns")
    .addOption(
      new Option("--preset <name>", "pairs: samples, and a result for each pair of them").choices([
        "pairs",
      ]),
    )
    .addOption(
      new Option("--commit <what>", "what a commit is to survive, where the method does not say")
        .choices(["power", "process"])
        .default("power"),
    )
    .addOption(
      new Option("--timeout <time>", "a load that takes longer is killed")
        .argParser(duration)
        .default(3, "3s"),
    )
    .addOption(new Option("--rounds <n>", "rounds over all cells").argParser(count(1)).default(5))
    .addOption(
      new Option("--budget <time>", "no further round begins after this")
        .argParser(duration)
        .default(50, "50s"),
    );
  return addCommonOptions(command)
    .addHelpText(
      "after",
      examples(
        "hellfact load --compare --store sqlite",
        "hellfact load --compare --store postgres://postgres@127.0.0.1/test --table facts --method copy-text,copy-binary",
      ),
    )
    .action(run);
}

/** Sizes with commas between them, in ascending order. */
function counts(text: string): number[] {
  return [...new Set(list(text).map(count(1)))].toSorted((a, b) => a - b);
}

const EVENT_SIZES = [100, 1_000, 10_000, 100_000, 844_350];
const FACT_SIZES = [10, 100, 1_000, 10_000];

async function run(options: LoadOptions): Promise<void> {
  const choice = storeChoice(options.store);
  const store = await loadStore(choice);
  if (options.compare !== true) throw new InputError("give --compare.");
  const methods = methodsNamed(store, options.method);
  const { plans, sizes, sourceName, poolSize } = await tablesOf(options, store);
  const createdAt = new Date();
  const folder = makeRunFolder(options.out, createdAt);
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  const progress = startProgress("loading", options.quiet);
  const comparisons: LoadComparison[] = [];
  let found: LoadDocument["store"] | undefined;
  for (const table of plans) {
    const { comparison, ready } = await compareMethods({
      ...{ store, choice, methods, table, commit: options.commit, folder },
      sizes,
      timeoutSeconds: options.timeout,
      rounds: options.rounds,
      budgetSeconds: options.budget / plans.length,
      seed: options.seed,
      signal: interruption.signal,
      onProgress: ({ done, round, activity }) =>
        progress.update({
          done,
          secondsLeft: Math.max(0, (1 - done) * options.budget),
          stage: `round ${round}`,
          activity,
        }),
    });
    comparisons.push(comparison);
    found ??= ready === undefined ? undefined : { name: store.name, ...ready };
  }
  progress.stop();
  if (found === undefined && !interruption.signal.aborted) {
    const why = comparisons.flatMap(({ cells }) => cells.map(({ reason }) => reason))[0];
    throw new HellfactError(why ?? "nothing could be measured.");
  }
  const document: LoadDocument = {
    ...begun("load", 1, createdAt.toISOString()),
    complete: !interruption.signal.aborted,
    command: process.argv.slice(2).map((word) => withoutPassword(word)),
    warnings: [],
    environment: environmentFingerprint([]),
    store: found ?? { name: store.name, driver: "", server: store.name, address: "" },
    payload: {
      source: sourceName,
      ...poolSize,
      jsonBytesPerFact: poolSize.jsonBytes / poolSize.facts,
    },
    comparisons,
  };
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(loadText(document, { colors: colorsOn(process.stdout) }));
  console.error(` ${folder}   results.json\n`);
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
}

function methodsNamed(store: Store, names: readonly string[] | undefined): LoadMethod[] {
  if (names === undefined) return [...store.methods];
  const known = store.methods.map(({ name }) => name);
  return names.map((name) => {
    const method = store.methods.find((candidate) => candidate.name === name);
    if (method !== undefined) return method;
    throw new InputError(
      `${store.name} has no method "${name}".${didYouMean(name, known)} (it has ${known.join(", ")})`,
    );
  });
}

/** The tables to load, how many rows of them, and whose facts they are made of. */
async function tablesOf(options: LoadOptions, store: Store) {
  const { documents: jsonKind, input, seed } = options;
  if (jsonKind !== undefined && !store.jsonKinds.includes(jsonKind)) {
    throw new InputError(
      `${store.name} keeps no documents as "${jsonKind}"; it has ${store.jsonKinds.join(", ")}.`,
    );
  }
  const chosen = await choosePayload({
    ...{ seed, profile: DEFAULT_PROFILE, schema: null, facts: null },
    input: input ?? null,
  });
  const names: TableName[] =
    options.preset === "pairs"
      ? ["sample", "result"]
      : [input === undefined ? options.table : "input"];
  const sizes = options.rows ?? (names.includes("facts") ? FACT_SIZES : EVENT_SIZES);
  const plans = names.map((name): TablePlan => ({
    name,
    payload: chosen.payload,
    poolSize: chosen.pool.size,
    most: sizes.at(-1) ?? 1,
    ...(jsonKind !== undefined && { jsonKind }),
  }));
  return { plans, sizes, sourceName: chosen.sourceName, poolSize: chosen.pool.size };
}

/** A word of the command line without the password that may be in a URL. */
function withoutPassword(word: string): string {
  return word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@");
}
