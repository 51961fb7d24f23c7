/** From what is asked of a store to the document of what was found. */
import { checkedStore } from "../../contracts/store/own-store.js";
import { HellfactError, InputError } from "../../core/errors.js";
import type { Store } from "../../core/store.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { loadStore, type StoreChoice } from "../../plugins/load-store.js";
import { begun } from "../../results/document-type.js";
import type { LoadAsked } from "./asked.js";
import { jsonKindsNamed, methodsNamed, tablesChosen } from "./choices.js";
import type { LoadComparison, LoadDocument } from "./document.js";
import { compareMethods } from "./measure/compare.js";
import { measureConnections } from "./measure/connections/connections.js";
import { loadRun } from "./measure/load-run.js";
import { tryValues } from "./measure/values/try-values.js";
import { measureVerdicts } from "./measure/verdict/verdicts.js";

/** How many pairs are looked up, as in the account that the preset is of. */
const LOOK_UPS = [100, 1_000, 4_000, 14_000];

/** What was found, but for where and when. */
type Found = Pick<
  LoadDocument,
  "store" | "payload" | "comparisons" | "connections" | "verdicts" | "parts" | "values"
>;

/** What can be begun. */
export interface PreparedLoad {
  readonly store: Store;
  readonly choice: StoreChoice;
  readonly asked: LoadAsked;
}

export interface LoadHooks {
  /** For files of the measuring, which are gone afterwards. */
  readonly folder: string;
  readonly createdAt: Date;
  /** Stands in the document. */
  readonly command: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { done: number; stage: string; activity: string }) => void;
}

type Task = PreparedLoad & LoadHooks;

/** Loads the store that is named. Rejects with an `InputError` if it does not have what is asked. */
export async function prepareLoad(store: string, asked: LoadAsked): Promise<PreparedLoad> {
  const choice = await checkedStore(store);
  const loaded = await loadStore(choice);
  const kinds = jsonKindsNamed(loaded, asked.documents);
  if (kinds.length > 1 && asked.compare !== true) {
    throw new InputError("several kinds of --documents are for --compare: give one.");
  }
  methodsNamed(loaded, asked.method);
  return { store: loaded, choice, asked };
}

/** @param run a run whose parts are loaded; nothing else is measured then */
export async function load(
  prepared: PreparedLoad,
  run: string | undefined,
  hooks: LoadHooks,
): Promise<LoadDocument> {
  const task = { ...prepared, ...hooks };
  const found = await (run === undefined ? measure(task) : loadParts(task, run));
  return {
    ...begun("load", 1, hooks.createdAt.toISOString()),
    complete: !hooks.signal.aborted,
    command: [...hooks.command],
    warnings: [],
    environment: environmentFingerprint([]),
    ...found,
  };
}

async function loadParts(
  { store, choice, asked, signal, onProgress }: Task,
  folder: string,
): Promise<Found> {
  const names = asked.method ?? [store.defaultMethod];
  const [method, ...others] = methodsNamed(store, names);
  if (method === undefined || others.length > 0) {
    throw new InputError("a run is loaded by one method.");
  }
  const [jsonKind] = jsonKindsNamed(store, asked.documents);
  const open = await store.open(choice.url, { commit: asked.commit });
  try {
    const parts = await loadRun({
      ...{ folder, open, method, table: asked.table ?? "facts", signal },
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

async function measure({ store, choice, asked, folder, signal, onProgress }: Task): Promise<Found> {
  const methods = methodsNamed(store, asked.method);
  const { tables, sizes, sourceName, poolSize } = await tablesChosen(asked, store);
  const { commit, seed, rounds } = asked;
  const common = {
    ...{ store, choice, commit, seed, rounds, signal },
    onProgress: ({ done, round, activity }: { done: number; round: number; activity: string }) =>
      onProgress({ done, stage: `round ${round}`, activity }),
  };
  const comparisons: LoadComparison[] = [];
  let where: Found["store"] | undefined;
  for (const kinds of asked.compare === true ? tables : []) {
    const { comparisons: found, ready } = await compareMethods({
      ...{ ...common, methods, tables: kinds, folder, sizes },
      timeoutSeconds: asked.timeout,
      budgetSeconds: asked.budget / (asked.preset === "pairs" ? 3 : 1),
    });
    comparisons.push(...found);
    where ??= ready === undefined ? undefined : { name: store.name, ...ready };
  }
  const pairs = tables.find(([table]) => table?.name === "result");
  if (pairs !== undefined && asked.compare === true && !signal.aborted) {
    const { comparisons: lookUps } = await compareMethods({
      ...{ ...common, methods: store.lookUps, tables: pairs, folder },
      lookUpAmong: sizes.at(-1) ?? 1,
      sizes: LOOK_UPS.filter((count) => count <= (sizes.at(-1) ?? 1)),
      timeoutSeconds: asked.timeout,
      budgetSeconds: asked.budget / 3,
    });
    comparisons.push(...lookUps);
  }
  const table = tables[0]?.[0];
  let connections: Found["connections"] = null;
  const isVerdict = asked.verdict === true;
  if (asked.connections !== undefined && !isVerdict && table !== undefined && !signal.aborted) {
    const { depth, scheduling: schedulings, phase: seconds, rate = null } = asked;
    connections = await measureConnections({
      ...{ ...common, table, connections: asked.connections },
      ...{ depth, schedulings, seconds, rate },
    });
  }
  const verdicts =
    isVerdict && table !== undefined
      ? await measureVerdicts(asked, { ...common, table, folder })
      : undefined;
  let values: Found["values"] = null;
  const isAsked = asked.values === true || connections !== null || isVerdict;
  if (where === undefined && !signal.aborted && isAsked) {
    const url = choice.url.includes(":") ? choice.url : `${store.name}::memory:`;
    const open = await store.open(url);
    const { driver, server, address } = open;
    where = { name: store.name, driver, server, address };
    const method = asked.method?.[0] ?? store.defaultMethod;
    if (asked.values === true) values = await tryValues(store, open, method);
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
