import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { jsonText } from "../../core/foreign-text.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { startProgress, secondsToGo } from "../../terminal/progress.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { load, prepareLoad } from "./loading.js";
import { addLoadOptions, type LoadOptions } from "./options.js";
import { loadText } from "./report/text.js";
import { sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command): Command {
  return addLoadOptions(command).action(run);
}

/** What only a measuring takes. */
const OF_MEASURING = [
  ...["compare", "connections", "verdict", "values", "rows", "input", "preset"],
  ...["timeout", "rounds", "budget", "scheduling", "depth", "phase", "rate"],
];

async function run(
  runFolder: string | undefined,
  options: LoadOptions,
  given: Command,
): Promise<void> {
  const { compare, connections, values, verdict } = options;
  if ([compare, connections, values, verdict, runFolder].every((one) => one === undefined)) {
    throw new InputError(
      "say what to do: load the parts of a run (its folder), --compare methods, measure --connections, ask for a --verdict, or try --values.",
    );
  }
  refuseMeaningless(runFolder, options, given);
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

/** Throws an `InputError` for an option that nothing of what is to be done takes. */
function refuseMeaningless(
  runFolder: string | undefined,
  { compare, connections, verdict }: LoadOptions,
  command: Command,
): void {
  if (runFolder !== undefined) {
    const why = `is for measuring, and the parts of ${runFolder} are loaded: leave one of them out.`;
    refuseTyped(command, OF_MEASURING, why);
  }
  const refuse = (names: readonly string[], needed: string) =>
    refuseTyped(command, names, `is for ${needed}: leave it out, or give that.`);
  if (compare === undefined) refuse(["preset", "timeout"], "--compare");
  if (connections === undefined) refuse(["depth", "rate"], "--connections");
  if ((connections ?? verdict) === undefined) refuse(["scheduling", "phase"], "--connections");
  if (verdict === true) refuseTyped(command, ["depth", "rate"], "says nothing to --verdict.");
}

/** A word of the command line without the password that may be in a URL. */
function withoutPassword(word: string): string {
  return word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@");
}
