import type { Command } from "commander";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { InputError } from "../../core/errors.js";
import { openDataset } from "../../query/dataset.js";
import { Engine } from "../../query/engine.js";
import { decile, startProgress, secondsToGo } from "../../terminal/progress.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import { say } from "../../terminal/say.js";
import { toStdout } from "../../terminal/stdout.js";
import { INTERRUPTED } from "../../terminal/terminal.js";
import { understood } from "./ask/words.js";
import { explain } from "./ask/explain.js";
import { intoFile, intoPlace, printResult, type Printed } from "./ask/print.js";
import { addQueryOptions, type QueryOptions } from "./options.js";
import { formatOfFile, type Format } from "./report/forms.js";

export function configure(command: Command): Command {
  return addQueryOptions(command).action(run);
}

/** What only a comparison takes, and what only the rows of a query do. */
const OF_COMPARING = ["store", "facts", "rounds", "budget", "seed"];
const OF_ROWS = ["format", "output", "explain", "memory", "temp", "threads", "factLimit", "schema"];

async function run(
  first: string | undefined,
  rest: string[],
  options: QueryOptions,
  command: Command,
): Promise<void> {
  if (options.compare) {
    if (first !== undefined) {
      throw new InputError("--compare asks questions of its own: leave out the query.");
    }
    refuseTyped(
      command,
      [...OF_ROWS, "codec", "compress"],
      "is for a query, and --compare makes none: leave one of them out.",
    );
    const { compareCommand } = await import("./compare-command.js");
    return compareCommand(options);
  }
  refuseTyped(command, OF_COMPARING, "is for --compare: leave it out, or give that.");
  if (options.explain) {
    refuseTyped(command, ["format", "output"], "is for rows, and --explain prints none.");
  }
  const { sql, places } = await understood(first, rest);
  const format = formatOf(options);
  const own = await checkedPlugins(options);
  const dataset = await openDataset(places, { schemaFile: options.schema, own });
  if (!options.quiet) for (const note of dataset.notes) say(note);
  const progress = startProgress("reading", options.quiet);
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const engine = await Engine.open(dataset, {
    memory: options.memory === undefined ? undefined : `${Math.ceil(options.memory / 1000)}KB`,
    temp: options.temp,
    threads: options.threads,
    factBytes: options.factLimit,
    onFact: (facts, all) => {
      if (facts % 200 !== 0 || all === null || seconds() < 2) return;
      const done = facts / all;
      const secondsLeft = secondsToGo(done, seconds());
      progress.update({ done, secondsLeft, stage: decile(done), activity: `${facts} facts` });
    },
  });
  const interrupt = () => {
    engine.interrupt();
    engine.close();
    process.exit(INTERRUPTED);
  };
  try {
    if (sql === undefined) {
      const { prompt } = await import("./ask/prompt.js");
      await prompt(engine, format === "parquet" ? "table" : format);
      return;
    }
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, interrupt);
    if (options.explain) {
      await toStdout(await explain(engine, dataset, sql));
      return;
    }
    const printed = await answer(engine, sql, format, options);
    progress.stop();
    if (!options.quiet) tell(printed, seconds(), options.output);
  } finally {
    progress.stop();
    engine.close();
  }
}

/** The format that is asked for, or that the output's name says. Throws an `InputError`. */
function formatOf({ format, output, json }: QueryOptions): Format {
  const chosen = format ?? (output === undefined ? undefined : formatOfFile(output));
  if (output !== undefined && chosen === undefined) {
    throw new InputError(
      `--output ${output}: its ending says no format; give .csv, .ndjson, .md, .parquet, or --format.`,
    );
  }
  if (chosen === "parquet" && output === undefined) {
    throw new InputError("Parquet is for a file: give --output FILE.parquet.");
  }
  return chosen ?? (json ? "ndjson" : "table");
}

async function answer(
  engine: Engine,
  sql: string,
  format: Format,
  { output }: QueryOptions,
): Promise<Printed | undefined> {
  if (format === "parquet") {
    await intoPlace(output ?? "", (path) => engine.writeParquet(sql, path));
    return undefined;
  }
  const print = async (write: (text: string) => Promise<void> | void) => {
    let last: Printed | undefined;
    for await (const result of engine.ask(sql)) {
      if (!result.hasRows) continue;
      if (last !== undefined && format !== "ndjson") await write("\n");
      last = await printResult(result, format, write);
    }
    return last;
  };
  return output === undefined ? print(toStdout) : intoFile(output, print);
}

function tell(printed: Printed | undefined, seconds: number, output: string | undefined): void {
  const where = output === undefined ? "" : ` into ${output}`;
  const rows =
    printed === undefined ? "done" : `${printed.rows} ${printed.rows === 1 ? "row" : "rows"}`;
  const more = printed?.isCut === true ? ", and there are more: --format csv has all" : "";
  say(`${rows}${where} in ${seconds.toFixed(2)} s${more}`);
}
