import type { Command } from "commander";
import { HellfactError, InputError } from "../../core/errors.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { loadStore, storeChoice } from "../../plugins/load-store.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { startProgress } from "../../terminal/progress.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { methodsNamed, tablesChosen } from "./choices.js";
import type { ConnectionsStudy, LoadComparison, LoadDocument } from "./document.js";
import { compareMethods } from "./measure/compare.js";
import { measureConnections } from "./measure/connections/connections.js";
import { addLoadOptions, type LoadOptions } from "./options.js";
import { loadText } from "./report/text.js";

export function configure(command: Command): Command {
  return addLoadOptions(command).action(run);
}

async function run(options: LoadOptions): Promise<void> {
  if (options.compare !== true && options.connections === undefined) {
    throw new InputError("say what to do: --compare methods, or load over --connections.");
  }
  const choice = storeChoice(options.store);
  const store = await loadStore(choice);
  const methods = methodsNamed(store, options.method);
  const { plans, sizes, sourceName, poolSize } = await tablesChosen(options, store);
  const createdAt = new Date();
  const folder = makeRunFolder(options.out, createdAt);
  const interruption = new AbortController();
  const { signal } = interruption;
  process.once("SIGINT", () => interruption.abort());
  const progress = startProgress("loading", options.quiet);
  const startedAt = performance.now();
  const onProgress = ({
    done,
    round,
    activity,
  }: {
    done: number;
    round: number;
    activity: string;
  }) => {
    const seconds = (performance.now() - startedAt) / 1000;
    const secondsLeft = done > 0 ? seconds / done - seconds : options.budget;
    progress.update({ done, secondsLeft, stage: `round ${round}`, activity });
  };
  const common = { store, choice, commit: options.commit, seed: options.seed, signal, onProgress };
  const comparisons: LoadComparison[] = [];
  let connections: ConnectionsStudy | null = null;
  let found: LoadDocument["store"] | undefined;
  try {
    for (const table of options.compare === true ? plans : []) {
      const { comparison, ready } = await compareMethods({
        ...{ ...common, methods, table, folder, sizes, rounds: options.rounds },
        timeoutSeconds: options.timeout,
        budgetSeconds: options.budget / plans.length,
      });
      comparisons.push(comparison);
      found ??= ready === undefined ? undefined : { name: store.name, ...ready };
    }
    const [table] = plans;
    if (options.connections !== undefined && table !== undefined) {
      connections = await measureConnections({
        ...{ ...common, table, connections: options.connections, depth: options.depth },
        schedulings: options.scheduling,
        seconds: options.phase,
        rounds: options.rounds,
        rate: options.rate ?? null,
      });
      const open = await store.open(choice.url);
      const { driver, server, address } = open;
      found ??= { name: store.name, driver, server, address };
      await open.close();
    }
  } finally {
    progress.stop();
  }
  if (found === undefined && !signal.aborted) {
    const why = comparisons.flatMap(({ cells }) => cells.map(({ reason }) => reason))[0];
    throw new HellfactError(why ?? "nothing could be measured.");
  }
  const document: LoadDocument = {
    ...begun("load", 1, createdAt.toISOString()),
    complete: !signal.aborted,
    command: process.argv.slice(2).map(withoutPassword),
    warnings: [],
    environment: environmentFingerprint([]),
    store: found ?? { name: store.name, driver: "", server: store.name, address: "" },
    payload: {
      source: sourceName,
      ...poolSize,
      jsonBytesPerFact: poolSize.jsonBytes / poolSize.facts,
    },
    comparisons,
    connections,
  };
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(loadText(document, { colors: colorsOn(process.stdout) }));
  console.error(` ${folder}   results.json\n`);
  if (signal.aborted) process.exitCode = INTERRUPTED;
}

/** A word of the command line without the password that may be in a URL. */
function withoutPassword(word: string): string {
  return word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@");
}
