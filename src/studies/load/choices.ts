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
const KEEP_DOCUMENTS: ReadonlySet<TableName> = new Set(["facts", "input"]);
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

/**
 * What documents are to be kept as: nothing where nobody said it. Throws an `InputError` if a store does
 * not keep documents so.
 */
export function jsonKindsNamed(store: Store, names: readonly string[] = []): readonly string[] {
  if (names.length === 1 && names[0] === "all") return store.jsonKinds;
  const unknown = names.find((name) => !store.jsonKinds.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  throw new InputError(
    `${store.name} keeps no documents as "${unknown}"; it has ${store.jsonKinds.join(", ")}.`,
  );
}

export interface ChosenTables {
  /** Each table, for each of the kinds that its documents are to be kept as. */
  readonly tables: readonly (readonly TablePlan[])[];
  readonly sizes: readonly number[];
  readonly sourceName: string;
  readonly poolSize: PoolSize;
}

/** The tables to load, how many rows of them, and whose facts they are made of. */
export async function tablesChosen(options: LoadAsked, store: Store): Promise<ChosenTables> {
  const { documents, input, seed } = options;
  const jsonKinds = jsonKindsNamed(store, documents);
  const chosen = await choosePayload({
    ...{ seed, profile: DEFAULT_PROFILE, schema: null, facts: null },
    input: input === undefined ? null : [input],
  });
  const names: TableName[] =
    options.preset === "pairs"
      ? ["sample", "result"]
      : [input === undefined ? (options.table ?? "events") : "input"];
  const sizes = options.rows ?? (names.includes("facts") ? FACT_SIZES : EVENT_SIZES);
  const plan = (name: TableName) => ({
    name,
    payload: chosen.payload,
    poolSize: chosen.pool.size,
    most: sizes.at(-1) ?? 1,
  });
  if (jsonKinds.length > 0 && !names.some((name) => KEEP_DOCUMENTS.has(name))) {
    throw new InputError(
      `table ${names.join(" and ")} has no documents, so --documents says nothing of it: give --table facts, or --input FILE.`,
    );
  }
  const tables = names.map((name) =>
    jsonKinds.length === 0
      ? [plan(name)]
      : jsonKinds.map((jsonKind): TablePlan => ({ ...plan(name), jsonKind })),
  );
  return { tables, sizes, sourceName: chosen.sourceName, poolSize: chosen.pool.size };
}
