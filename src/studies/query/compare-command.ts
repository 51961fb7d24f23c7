/** `hellfact query --compare`: what asking costs, by the way that facts are kept. */
import { jsonText } from "../../core/foreign-text.js";
import { InputError } from "../../core/errors.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { startProgress } from "../../terminal/progress.js";
import { sayPlainly } from "../../terminal/say.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import type { QueryDocument } from "./document.js";
import { compareWays } from "./measure/compare.js";
import type { QueryOptions } from "./options.js";
import { queryText } from "./report/text.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export async function compareCommand(options: QueryOptions): Promise<void> {
  if (options.store !== undefined && !/^postgres(?:ql)?:\/\//.test(options.store)) {
    throw new InputError(
      "--store is for PostgreSQL, such as postgres://USER@HOST/DATABASE; SQLite and DuckDB are compared anyway.",
    );
  }
  const createdAt = new Date();
  const folder = makeRunFolder(options.out, createdAt);
  const interruption = listenForInterruption();
  const progress = startProgress("asking", options.quiet);
  const found = await compareWays({
    ...{ folder, facts: options.facts, rounds: options.rounds, seed: options.seed },
    budgetSeconds: options.budget,
    postgres: options.store ?? null,
    signal: interruption.signal,
    onProgress: ({ done, secondsLeft, round, cell }) => {
      progress.update({ done, secondsLeft, stage: `round ${round}`, activity: cell.name });
    },
  }).finally(() => progress.stop());
  const document: QueryDocument = {
    ...begun("query", 1, createdAt.toISOString()),
    complete: !interruption.signal.aborted,
    command: process.argv.slice(2).map((word) => word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@")),
    warnings: [],
    environment: environmentFingerprint([]),
    ...found,
  };
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else process.stdout.write(queryText(document, { colors: colorsOn(process.stdout) }));
  sayPlainly(` ${folder}   results.json\n`);
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
}
