/**
 * What facts have, in one pass and little memory.
 *
 * A question is paths with what is asked of them. An input is divided into what can be read alone: parts of
 * runs, stretches of files, files. Processes, one for each core, read them, each through its own sketches
 * (`src/sketches`), of JSON only the paths that are asked for (`compiled-json/reader/search.ts`); what they find
 * is merged, in any order with the same result. The sketch of a run's part is kept beside it under a name that has
 * the part's checksum, so that a run that has grown costs what has been added, and nothing that is stale counts.
 *
 * `--exact` has DuckDB count everything again, from the same files.
 */
import { existsSync, statSync } from "node:fs";
import type { Command } from "commander";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { InputError, noFacts } from "../../core/errors.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { environmentFingerprint } from "../../machine/environment.js";
import type { OwnPlugins } from "../../pipeline/run/own-plugins.js";
import { begun } from "../../results/document-type.js";
import { readSchema } from "../../sources/schema-file.js";
import { writeWhole } from "../../sinks/file.js";
import { questionOf, type Asked, type Question } from "../../summarise/index.js";
import { keepDocument } from "../../terminal/keep.js";
import { decile, startProgress } from "../../terminal/progress.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import type { SummariseDocument } from "./document.js";
import { openInputs, workOf, type Inputs } from "./inputs.js";
import { checkExactly, exactSources } from "./measure/exact.js";
import { refuseNothing } from "./measure/nothing.js";
import { summariseTasks, type Summarised } from "./measure/summarise.js";
import { addSummariseOptions, type AskedAggregate, type SummariseOptions } from "./options.js";
import { summariseCsv } from "./report/csv.js";
import { groupsOf } from "./report/figures.js";
import { summariseMarkdown } from "./report/markdown.js";
import { summariseText } from "./report/text.js";

export function configure(command: Command): Command {
  const asked = addSummariseOptions(command);
  return command.action((words: string[], options: SummariseOptions) => run(words, options, asked));
}

async function run(
  words: readonly string[],
  options: SummariseOptions,
  aggregates: readonly AskedAggregate[],
): Promise<void> {
  const startedAt = performance.now();
  const own = await checkedPlugins(options);
  const inputs = await inputsOf(words, options, own);
  const asked: Asked = { aggregates, ...(options.by !== undefined && { by: options.by }) };
  const question = await questionFor(inputs, asked, options);
  const checked = options.exact ? await exactSources(inputs) : undefined;

  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  process.once("SIGTERM", () => interruption.abort());
  const { tasks, kept } = workOf(inputs, question, {
    useKept: !options.fresh,
    allowBombs: options.allowBombs,
    own,
  });
  const progress = showProgress(tasks.length, options.quiet);
  let found: Summarised;
  try {
    found = await summariseTasks({
      ...{ question, tasks, workers: options.workers, signal: interruption.signal },
      onProgress: progress.update,
    });
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    progress.stop();
    console.error(
      "hellfact: interrupted. Sketches of whole parts are kept: the same command goes on.",
    );
    process.exitCode = INTERRUPTED;
    return;
  } finally {
    progress.stop();
  }
  const { summary } = found;
  for (const one of [...kept, ...inputs.sketches.map((sketch) => sketch.summary)])
    summary.merge(one);
  if (summary.facts === 0) throw noFacts(sourceName(inputs));
  await refuseNothing(summary, inputs);
  const wallSeconds = (performance.now() - startedAt) / 1000;

  const groups = groupsOf(summary, options);
  const exact = checked === undefined ? null : await checkExactly(checked, question, groups);
  const bytes = summary.toBytes();
  if (options.save !== undefined) writeWhole(options.save, bytes, "close");
  const document: SummariseDocument = {
    ...begun("summarise", 1),
    command: ["hellfact", ...process.argv.slice(2)],
    environment: environmentFingerprint(exact === null ? [] : ["@duckdb/node-api"]),
    source: sourceName(inputs),
    notes: notesOf(inputs),
    by:
      options.by ??
      (question.by === undefined ? null : (JSON.parse(question.text) as { by: string }).by),
    facts: summary.facts,
    groups,
    work: {
      wallSeconds,
      cpuSeconds: found.cpuSeconds,
      workers: found.workers,
      read: tasks.length,
      kept: kept.length + inputs.sketches.length,
      encodedBytes: found.encodedBytes,
      storedBytes: storedBytes(inputs),
      peakMemoryBytes: found.peakMemoryBytes,
      ownMemoryBytes: found.ownMemoryBytes,
      sketchBytes: bytes.length,
    },
    exact,
  };
  print(document, options);
  keepDocument(options.out, document);
}

async function inputsOf(
  words: readonly string[],
  options: SummariseOptions,
  own: OwnPlugins,
): Promise<Inputs> {
  // `--count events`: the folder was meant.
  const [first] = options.count ?? [];
  if (words.length === 0) {
    const hint =
      first !== undefined && existsSync(first)
        ? ` ${first} was taken for a path: name it first.`
        : "";
    throw new InputError(
      `there is nothing to sum up: name a run's folder, files, sketches, or - for standard input.${hint}`,
    );
  }
  const inputs = await openInputs(words, own);
  const other = inputs.runs[0]?.folder ?? inputs.files[0]?.path;
  if (options.merge && other !== undefined) {
    throw new InputError(
      `--merge takes sketches, and ${other} is none: leave out --merge, or ${other}.`,
    );
  }
  return inputs;
}

/** The question that is asked, or that of the sketches where none is. Paths are checked by what schema there is. */
async function questionFor(
  { runs, sketches }: Inputs,
  asked: Asked,
  { schema: schemaFile }: SummariseOptions,
): Promise<Question> {
  const [sketch, ...others] = sketches;
  const isAsked = asked.aggregates.length > 0 || asked.by !== undefined;
  const given = schemaFile === undefined ? undefined : readSchema(schemaFile);
  const schemas: (JsonSchema | undefined)[] =
    given === undefined ? runs.map(({ schema }) => schema) : [given];
  let question = questionOf(asked, schemas[0]);
  for (const schema of schemas.slice(1)) questionOf(asked, schema);
  if (sketch === undefined) return question;
  if (!isAsked) ({ question } = sketch.summary);
  for (const one of [sketch, ...others]) {
    const { text } = one.summary.question;
    if (text !== question.text) {
      throw new InputError(
        `${one.path} answers ${asWords(text)}, and not ${asWords(question.text)}: ask that, or leave it out.`,
      );
    }
  }
  return question;
}

/** A question as it is typed. */
function asWords(text: string): string {
  const { by, aggregates } = JSON.parse(text) as {
    by: string | null;
    aggregates: [string, string][];
  };
  const words = aggregates.map(([kind, path]) => `--${kind} ${path}`);
  return (
    [...words, ...(by === null ? [] : [`--by ${by}`])].join(" ") ||
    "nothing but the number of facts"
  );
}

function sourceName({ runs, files, sketches }: Inputs): string {
  const names = [
    ...runs.map(({ folder }) => folder),
    ...files.map(({ path }) => (path === "-" ? "standard input" : path)),
    ...sketches.map(({ path }) => path),
  ];
  const more = names.length - 1;
  return `${names[0] ?? ""}${more > 0 ? ` and ${more} more` : ""}`;
}

function notesOf({ runs }: Inputs): string[] {
  return runs.flatMap(({ folder, parts, hasEnded }) =>
    hasEnded ? [] : [`${folder}: the run has not ended; its ${parts.length} whole parts count.`],
  );
}

function storedBytes({ runs, files }: Inputs): number {
  const parts = runs.flatMap((one) => one.parts.map((part) => part.storedBytes));
  const sizes = files.map(({ path }) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return [...parts, ...sizes].reduce((sum, size) => sum + size, 0);
}

function showProgress(tasks: number, quiet: boolean) {
  const startedAt = performance.now();
  const progress = startProgress("summing up", quiet);
  return {
    update: (done: { readonly tasks: number; readonly facts: number }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const share = done.tasks / tasks;
      if (seconds < 2 || share === 0 || share === 1) return;
      const activity = `${done.facts} facts`;
      progress.update({
        done: share,
        secondsLeft: seconds / share - seconds,
        stage: decile(share),
        activity,
      });
    },
    stop: () => progress.stop(),
  };
}

function print(document: SummariseDocument, { json, format }: SummariseOptions): void {
  if (json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else if (format === "markdown") process.stdout.write(summariseMarkdown(document));
  else if (format === "csv") process.stdout.write(summariseCsv(document));
  else process.stdout.write(summariseText(document, { colors: colorsOn(process.stdout) }));
}
