/** `hellfact summarise`; how it is done stands in `summing.ts`. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { checkedPlugins } from "../../contracts/own-plugins.js";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import type { OwnPlugins } from "../../pipeline/run/own-plugins.js";
import { writeWhole } from "../../sinks/file.js";
import { keepDocument } from "../../terminal/keep.js";
import { decile, secondsToGo, startProgress } from "../../terminal/progress.js";
import { say } from "../../terminal/say.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import type { SummariseDocument } from "./document.js";
import { openInputs, type Inputs } from "./inputs.js";
import { addSummariseOptions, type AskedAggregate, type SummariseOptions } from "./options.js";
import { sumUp, type Summed } from "./summing.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command): Command {
  const asked = addSummariseOptions(command);
  return command.action((words: string[], options: SummariseOptions) => run(words, options, asked));
}

async function run(
  words: readonly string[],
  options: SummariseOptions,
  aggregates: readonly AskedAggregate[],
): Promise<void> {
  const own = await checkedPlugins(options);
  const inputs = await inputsOf(words, options, own);
  const { by, shares, length, exact, fresh, allowBombs, workers, schema } = options;
  const interruption = listenForInterruption();
  const progress = showProgress(options.quiet);
  let summed: Summed;
  try {
    summed = await sumUp(
      inputs,
      {
        ...{ asked: { aggregates, ...(by !== undefined && { by }) }, shares, length, exact, fresh },
        ...{ allowBombs, workers, schema, own, command: ["hellfact", ...process.argv.slice(2)] },
      },
      {
        ...{ signal: interruption.signal, onBegin: progress.begin, onProgress: progress.update },
      },
    );
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    progress.stop();
    say("interrupted. Sketches of whole parts are kept: the same command goes on.");
    process.exitCode = INTERRUPTED;
    return;
  } finally {
    progress.stop();
  }
  if (options.save !== undefined) writeWhole(options.save, summed.sketch, "close");
  process.stdout.write(await printed(summed.document, options));
  keepDocument(options.out, summed.document);
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

function showProgress(quiet: boolean) {
  const startedAt = performance.now();
  let tasks = 0;
  let progress: ReturnType<typeof startProgress> | undefined;
  return {
    begin: (count: number) => {
      tasks = count;
      progress = startProgress("summing up", quiet);
    },
    update: (done: { readonly tasks: number; readonly facts: number }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const share = done.tasks / tasks;
      if (seconds < 2 || share === 0 || share === 1) return;
      const activity = `${done.facts} facts`;
      progress?.update({
        done: share,
        secondsLeft: secondsToGo(share, seconds),
        stage: decile(share),
        activity,
      });
    },
    stop: () => progress?.stop(),
  };
}

async function printed(
  document: SummariseDocument,
  { json, format }: SummariseOptions,
): Promise<string> {
  if (json) return `${jsonText(document)}\n`;
  if (format === "markdown")
    return (await import("./report/markdown.js")).summariseMarkdown(document);
  if (format === "csv") return (await import("./report/csv.js")).summariseCsv(document);
  const { summarisedText } = await import("./report/text.js");
  return summarisedText(document, { colors: colorsOn(process.stdout) });
}
