import type { Command } from "commander";
import { HellfactError, InputError } from "../../core/errors.js";
import type { Store } from "../../core/store.js";
import { jsonText } from "../../core/foreign-text.js";
import { checkedStore } from "../../contracts/store/own-store.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { loadStore, type StoreChoice } from "../../plugins/load-store.js";
import { begun } from "../../results/document-type.js";
import { makeRunFolder, saveDocument } from "../../results/save.js";
import { startProgress, secondsToGo } from "../../terminal/progress.js";
import { colorsOn, INTERRUPTED } from "../../terminal/terminal.js";
import { jsonKindsNamed, methodsNamed, tablesChosen } from "./choices.js";
import type { LoadComparison, LoadDocument } from "./document.js";
import { compareMethods } from "./measure/compare.js";
import { measureConnections } from "./measure/connections/connections.js";
import { loadRun } from "./measure/load-run.js";
import { measureVerdicts } from "./measure/verdict/verdicts.js";
import { tryValues } from "./measure/values/try-values.js";
import { addLoadOptions, type LoadOptions } from "./options.js";
import { loadText } from "./report/text.js";
import { sayPlainly } from "../../terminal/say.js";
import { listenForInterruption } from "../../terminal/interruption.js";

export function configure(command: Command): Command {
  return addLoadOptions(command).action(run);
}

/** How many pairs are looked up, as in the account that the preset is of. */
const LOOK_UPS = [100, 1_000, 4_000, 14_000];

/** What was found, but for where and when. */
type Found = Pick<
  LoadDocument,
  "store" | "payload" | "comparisons" | "connections" | "verdicts" | "parts" | "values"
>;

/** What both ways of this command need. */
interface Task {
  readonly store: Store;
  readonly choice: StoreChoice;
  readonly options: LoadOptions;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { done: number; stage: string; activity: string }) => void;
}

async function run(runFolder: string | undefined, options: LoadOptions): Promise<void> {
  const { compare, connections, values, verdict } = options;
  if ([compare, connections, values, verdict, runFolder].every((one) => one === undefined)) {
    throw new InputError(
      "say what to do: load the parts of a run (its folder), --compare methods, measure --connections, ask for a --verdict, or try --values.",
    );
  }
  const choice = await checkedStore(options.store);
  const store = await loadStore(choice);
  const kinds = jsonKindsNamed(store, options.documents);
  if (kinds.length > 1 && compare === undefined) {
    throw new InputError("several kinds of --documents are for --compare: give one.");
  }
  methodsNamed(store, options.method);
  const createdAt = new Date();
  const folder = makeRunFolder(options.out, createdAt);
  const interruption = listenForInterruption();
  const progress = startProgress("loading", options.quiet);
  const startedAt = performance.now();
  const task: Task = {
    ...{ store, choice, options, folder, signal: interruption.signal },
    onProgress: ({ done, stage, activity }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const secondsLeft = secondsToGo(
        done,
        seconds,
        runFolder === undefined ? options.budget : Infinity,
      );
      progress.update({ done, secondsLeft, stage, activity });
    },
  };
  const work = runFolder === undefined ? measure(task) : loadParts(task, runFolder);
  const found = await work.finally(() => progress.stop());
  const document: LoadDocument = {
    ...begun("load", 1, createdAt.toISOString()),
    complete: !interruption.signal.aborted,
    command: process.argv.slice(2).map(withoutPassword),
    warnings: [],
    environment: environmentFingerprint([]),
    ...found,
  };
  saveDocument(options.out, folder, document);
  if (options.json) process.stdout.write(`${jsonText(document)}\n`);
  else process.stdout.write(loadText(document, { colors: colorsOn(process.stdout) }));
  sayPlainly(` ${folder}   results.json\n`);
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
}

async function loadParts(
  { store, choice, options, signal, onProgress }: Task,
  folder: string,
): Promise<Found> {
  const names = options.method ?? [store.defaultMethod];
  const [method, ...others] = methodsNamed(store, names);
  if (method === undefined || others.length > 0) {
    throw new InputError("a run is loaded by one --method.");
  }
  const [jsonKind] = jsonKindsNamed(store, options.documents);
  const open = await store.open(choice.url, { commit: options.commit });
  try {
    const parts = await loadRun({
      ...{ folder, open, method, table: options.table ?? "facts", signal },
      ...(jsonKind !== undefined && { jsonKind }),
      onPart: (done, all) =>
        onProgress({
          done: done / all,
          stage: `${Math.floor((10 * done) / all)} of 10`,
          activity: `${done} of ${all} parts`,
        }),
    });
    const { driver, server, address } = open;
    const where = { name: store.name, driver, server, address };
    return { store: where, payload: null, comparisons: [], connections: null, parts, values: null };
  } finally {
    await open.close();
  }
}

async function measure({
  store,
  choice,
  options,
  folder,
  signal,
  onProgress,
}: Task): Promise<Found> {
  const methods = methodsNamed(store, options.method);
  const { tables, sizes, sourceName, poolSize } = await tablesChosen(options, store);
  const common = {
    ...{
      store,
      choice,
      commit: options.commit,
      seed: options.seed,
      rounds: options.rounds,
      signal,
    },
    onProgress: ({ done, round, activity }: { done: number; round: number; activity: string }) =>
      onProgress({ done, stage: `round ${round}`, activity }),
  };
  const comparisons: LoadComparison[] = [];
  let where: Found["store"] | undefined;
  for (const kinds of options.compare === true ? tables : []) {
    const { comparisons: found, ready } = await compareMethods({
      ...{ ...common, methods, tables: kinds, folder, sizes },
      timeoutSeconds: options.timeout,
      budgetSeconds: options.budget / (options.preset === "pairs" ? 3 : 1),
    });
    comparisons.push(...found);
    where ??= ready === undefined ? undefined : { name: store.name, ...ready };
  }
  const pairs = tables.find(([table]) => table?.name === "result");
  if (pairs !== undefined && options.compare === true && !signal.aborted) {
    const { comparisons: lookUps } = await compareMethods({
      ...{ ...common, methods: store.lookUps, tables: pairs, folder },
      lookUpAmong: sizes.at(-1) ?? 1,
      sizes: LOOK_UPS.filter((count) => count <= (sizes.at(-1) ?? 1)),
      timeoutSeconds: options.timeout,
      budgetSeconds: options.budget / 3,
    });
    comparisons.push(...lookUps);
  }
  const table = tables[0]?.[0];
  let connections: Found["connections"] = null;
  const isVerdict = options.verdict === true;
  if (options.connections !== undefined && !isVerdict && table !== undefined && !signal.aborted) {
    const { depth, scheduling: schedulings, phase: seconds, rate = null } = options;
    connections = await measureConnections({
      ...{ ...common, table, connections: options.connections },
      ...{ depth, schedulings, seconds, rate },
    });
  }
  const verdicts =
    isVerdict && table !== undefined
      ? await measureVerdicts(options, { ...common, table, folder })
      : undefined;
  let values: Found["values"] = null;
  const isAsked = options.values === true || connections !== null || isVerdict;
  if (where === undefined && !signal.aborted && isAsked) {
    const url = choice.url.includes(":") ? choice.url : `${store.name}::memory:`;
    const open = await store.open(url);
    const { driver, server, address } = open;
    where = { name: store.name, driver, server, address };
    if (options.values === true) values = await tryValues(store, open, methodOf(options, store));
    await open.close();
  }
  if (where === undefined && !signal.aborted) {
    const why = comparisons.flatMap(({ cells }) => cells.map(({ reason }) => reason))[0];
    throw new HellfactError(why ?? "nothing could be measured.");
  }
  return {
    store: where ?? { name: store.name, driver: "", server: store.name, address: "" },
    payload: {
      source: sourceName,
      ...poolSize,
      jsonBytesPerFact: poolSize.jsonBytes / poolSize.facts,
    },
    ...{ comparisons, connections, parts: null, values },
    ...(verdicts !== undefined && { verdicts }),
  };
}

function methodOf({ method }: LoadOptions, { defaultMethod }: Store): string {
  return method?.[0] ?? defaultMethod;
}

/** A word of the command line without the password that may be in a URL. */
function withoutPassword(word: string): string {
  return word.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@");
}
