/** Compares methods of a store over sizes of a table, and kinds of documents that it can hold. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LoadMethod, LookUpMethod, Store } from "../../../core/store.js";
import type { StoreChoice } from "../../../plugins/load-store.js";
import type { LoadComparison } from "../document.js";
import { makeTable, type TablePlan } from "../tables/make-table.js";
import { Conversation } from "./conversation.js";
import type { Ready } from "./messages.js";
import { runSchedule, type Scheduled, type ScheduleOptions } from "./schedule.js";
import { summarised } from "./summarise.js";

export interface CompareOptions extends Pick<
  ScheduleOptions,
  "sizes" | "timeoutSeconds" | "rounds" | "budgetSeconds" | "seed" | "signal" | "onProgress"
> {
  readonly store: Store;
  readonly choice: StoreChoice;
  readonly methods: readonly (LoadMethod | LookUpMethod)[];
  /** Rows that are there beforehand, where it is looking up that is measured. */
  readonly lookUpAmong?: number;
  /** One table, for each of the kinds that its documents are to be kept as. */
  readonly tables: readonly TablePlan[];
  readonly commit: "power" | "process";
  /** Where the store's own files go while it is measured, and others that it reads. */
  readonly folder: string;
}

/** A method, and the table that it loads or looks up in. */
interface Way {
  readonly method: LoadMethod | LookUpMethod;
  readonly table: TablePlan;
}

/**
 * A comparison of each kind of documents, all measured in common rounds, and who answered; nobody, where
 * nothing could be opened.
 */
export async function compareMethods(
  options: CompareOptions,
): Promise<{ comparisons: LoadComparison[]; ready: Ready | undefined }> {
  const { store, choice, methods, tables, commit, lookUpAmong } = options;
  const isLookUp = lookUpAmong !== undefined;
  const folder = join(options.folder, "scratch");
  mkdirSync(folder, { recursive: true });
  const prefix = `hellfact_load_${randomBytes(3).toString("hex")}_`;
  const isScratch = !choice.url.includes(":") && choice.storeFile === undefined;
  const ways = new Map<string, Way>();
  for (const table of tables) {
    for (const method of methods) ways.set(wayName({ method, table }), { method, table });
  }
  try {
    const found = await runSchedule({
      ...options,
      methods: [...ways.keys()],
      now: () => performance.now() / 1000,
      start: (name, round) => {
        const { method, table } = ways.get(name) as Way;
        const file = join(folder, `${method.name}-${table.jsonKind ?? ""}-${round}.db`);
        const url = isScratch ? `${store.name}:${file}` : choice.url;
        const task = {
          ...{ store: { ...choice, url }, method: method.name, table, prefix, commit, folder },
          ...(isLookUp && { lookUpAmong }),
        };
        const conversation = new Conversation(task, options.signal);
        return isScratch ? endingWith(conversation, () => clearFiles(file)) : conversation;
      },
    });
    if (!isScratch) await clearTables(options, prefix);
    const comparisons = await Promise.all(
      tables.map((table) => comparisonOf(options, table, found, prefix)),
    );
    return { comparisons, ready: found.ready };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a way is called in the schedule, and while it is measured. */
function wayName({ method, table }: Way): string {
  return table.jsonKind === undefined ? method.name : `${method.name} as ${table.jsonKind}`;
}

/** What was found of one kind of documents. */
async function comparisonOf(
  { store, methods, sizes, timeoutSeconds, lookUpAmong }: CompareOptions,
  table: TablePlan,
  { cells, durabilities, rounds }: Scheduled,
  prefix: string,
): Promise<LoadComparison> {
  const { shape } = await makeTable({ ...table, poolSize: { facts: 1, jsonBytes: 0 } }, prefix);
  const hasDocuments = shape.columns.some(({ type }) => type === "json");
  return {
    table: lookUpAmong === undefined ? table.name : `look-ups among ${lookUpAmong} pairs`,
    columns: shape.columns.length,
    jsonKind: hasDocuments ? (table.jsonKind ?? store.jsonKinds[0] ?? null) : null,
    timeoutSeconds,
    sizes: [...sizes],
    rounds,
    methods: methods.map((method) => ({
      name: method.name,
      summary: method.summary,
      isAtomic: "isAtomic" in method && method.isAtomic,
      takes: "takes" in method ? method.takes : "keys",
      isOneParameter: ("isOneParameter" in method ? method.isOneParameter : undefined) ?? false,
      durability: durabilities.get(wayName({ method, table })) ?? null,
    })),
    cells: methods.flatMap((method) =>
      cells
        .filter((cell) => cell.method === wayName({ method, table }))
        .map((cell) => ({ ...summarised(cell), method: method.name })),
    ),
  };
}

function endingWith(conversation: Conversation, after: () => void) {
  return {
    ready: () => conversation.ready(),
    load: (rows: number, timeoutSeconds: number) => conversation.load(rows, timeoutSeconds),
    end: async () => {
      await conversation.end();
      after();
    },
  };
}

/** A database's file and what lies beside it: logs, journals, locks. */
function clearFiles(file: string): void {
  for (const name of readdirSync(dirname(file))) {
    if (name.startsWith(basename(file))) rmSync(join(dirname(file), name), { recursive: true });
  }
}

/** Takes away what processes that were killed have left in a database of the user's. */
async function clearTables(
  { store, choice, commit }: CompareOptions,
  prefix: string,
): Promise<void> {
  const open = await store.open(choice.url, { commit });
  try {
    // What refers to another goes first.
    for (const name of ["events", "facts", "input", "result", "sample", "staged"]) {
      await open.drop(`${prefix}${name}`);
    }
  } finally {
    await open.close();
  }
}
