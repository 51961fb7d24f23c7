import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { startProgress, secondsToGo } from "../../terminal/progress.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { load, prepareLoad } from "./loading.js";
import { addLoadOptions, type LoadOptions } from "./options.js";
import { loadText } from "./report/text.js";
import { sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command): Command {
  return addLoadOptions(command).action(run);
}

async function run(runFolder: string | undefined, options: LoadOptions): Promise<void> {
  const { compare, connections, values, verdict } = options;
  if ([compare, connections, values, verdict, runFolder].every((one) => one === undefined)) {
    throw new InputError(
      "say what to do: load the parts of a run (its folder), --compare methods, measure --connections, ask for a --verdict, or try --values.",
    );
  }
  const prepared = await prepareLoad(options.store, options);
  const createdAt = new Date();
  const folder = makeRunFolder(options.out, createdAt);
  const interruption = listenForInterruption();
  const progress = startProgress("loading", options.quiet);
  const startedAt = performance.now();
  const document = await load(prepared, runFolder, {
    ...{ folder, createdAt, signal: interruption.signal },
    command: process.argv.slice(2).map(withoutPassword),
    onProgress: ({ done, stage, activity }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const secondsLeft = secondsToGo(
        done,
        seconds,
        runFolder === undefined ? options.budget : Infinity,
      );
      progress.update({ done, secondsLeft, stage, activity });
    },
  }).finally(() => progress.stop());
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else process.stdout.write(loadText(document, { colors: colorsOn(process.stdout) }));
  sayPlainly(` ${folder}   results.json\n`);
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
}

/** A word of the command line without the password that may be in a URL. */
function withoutPassword(word: string): string {
  return word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@");
}
