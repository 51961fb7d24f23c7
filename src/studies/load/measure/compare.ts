/** Compares methods of a store over sizes of a table. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LoadMethod, LookUpMethod, Store } from "../../../core/store.js";
import type { StoreChoice } from "../../../plugins/load-store.js";
import type { LoadComparison } from "../document.js";
import { makeTable, type TablePlan } from "../tables/make-table.js";
import { Conversation } from "./conversation.js";
import type { Ready } from "./messages.js";
import { runSchedule, type ScheduleOptions } from "./schedule.js";
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
  readonly table: TablePlan;
  readonly commit: "power" | "process";
  /** Where the store's own files go while it is measured, and others that it reads. */
  readonly folder: string;
}

/** What was found, and who answered; nobody, where nothing could be opened. */
export async function compareMethods(
  options: CompareOptions,
): Promise<{ comparison: LoadComparison; ready: Ready | undefined }> {
  const { store, choice, methods, table, commit, lookUpAmong } = options;
  const isLookUp = lookUpAmong !== undefined;
  const folder = join(options.folder, "scratch");
  mkdirSync(folder, { recursive: true });
  const prefix = `hellfact_load_${randomBytes(3).toString("hex")}_`;
  const isScratch = !choice.url.includes(":") && choice.storeFile === undefined;
  try {
    const found = await runSchedule({
      ...options,
      methods: methods.map(({ name }) => name),
      now: () => performance.now() / 1000,
      start: (method, round) => {
        const file = join(folder, `${method}-${round}.db`);
        const url = isScratch ? `${store.name}:${file}` : choice.url;
        const task = {
          ...{ store: { ...choice, url }, method, table, prefix, commit, folder },
          ...(isLookUp && { lookUpAmong }),
        };
        const conversation = new Conversation(task, options.signal);
        return isScratch ? endingWith(conversation, () => clearFiles(file)) : conversation;
      },
    });
    if (!isScratch) await clearTables(options, prefix);
    const { shape } = await makeTable({ ...table, poolSize: { facts: 1, jsonBytes: 0 } }, prefix);
    return {
      ready: found.ready,
      comparison: {
        table: isLookUp ? `look-ups among ${lookUpAmong} pairs` : table.name,
        columns: shape.columns.length,
        jsonKind: shape.columns.some(({ type }) => type === "json")
          ? (table.jsonKind ?? store.jsonKinds[0] ?? null)
          : null,
        timeoutSeconds: options.timeoutSeconds,
        sizes: [...options.sizes],
        rounds: found.rounds,
        methods: methods.map((method) => ({
          name: method.name,
          summary: method.summary,
          isAtomic: "isAtomic" in method && method.isAtomic,
          takes: "takes" in method ? method.takes : "keys",
          isOneParameter: ("isOneParameter" in method ? method.isOneParameter : undefined) ?? false,
          durability: found.durabilities.get(method.name) ?? null,
        })),
        cells: found.cells.map(summarised),
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
