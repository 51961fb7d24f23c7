/** From what a person typed to what can be measured. */
import { DEFAULT_PROFILE } from "../../../generators/profile.js";
import { didYouMean } from "../../core/did-you-mean.js";
import { InputError } from "../../core/errors.js";
import type { LoadMethod, Store } from "../../core/store.js";
import { choosePayload } from "../../payload/payload-choice.js";
import type { PoolSize } from "../../payload/pool.js";
import type { LoadAsked } from "./asked.js";
import type { TableName, TablePlan } from "./tables/make-table.js";

const EVENT_SIZES = [100, 1_000, 10_000, 100_000, 844_350];
const FACT_SIZES = [10, 100, 1_000, 10_000];

/** Methods by their names, or all of a store. Throws an `InputError` for a name that it has not. */
export function methodsNamed(store: Store, names: readonly string[] | undefined): LoadMethod[] {
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

/** Throws an `InputError` if a store does not keep documents so. */
export function checkJsonKind(store: Store, jsonKind: string | undefined): void {
  if (jsonKind === undefined || store.jsonKinds.includes(jsonKind)) return;
  throw new InputError(
    `${store.name} keeps no documents as "${jsonKind}"; it has ${store.jsonKinds.join(", ")}.`,
  );
}

export interface ChosenTables {
  readonly plans: readonly TablePlan[];
  readonly sizes: readonly number[];
  readonly sourceName: string;
  readonly poolSize: PoolSize;
}

/** The tables to load, how many rows of them, and whose facts they are made of. */
export async function tablesChosen(options: LoadAsked, store: Store): Promise<ChosenTables> {
  const { documents: jsonKind, input, seed } = options;
  checkJsonKind(store, jsonKind);
  const chosen = await choosePayload({
    ...{ seed, profile: DEFAULT_PROFILE, schema: null, facts: null },
    input: input === undefined ? null : [input],
  });
  const names: TableName[] =
    options.preset === "pairs"
      ? ["sample", "result"]
      : [input === undefined ? (options.table ?? "events") : "input"];
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
