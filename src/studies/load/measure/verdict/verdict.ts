/**
 * What binds a load: measures its parts alone, then what becomes of the load where one of them is
 * taken away, or made slower, by turns in short slices. What it means is said by `model/judge.ts`.
 */
import { randomBytes } from "node:crypto";
import { InputError } from "../../../../core/errors.js";
import type { OpenStore, Store } from "../../../../core/store.js";
import { usableCores } from "../../../../machine/environment.js";
import type { StoreChoice } from "../../../../plugins/load-store.js";
import type { LoadVerdictStudy, VerdictRound } from "../../document.js";
import { judgeLoad } from "../../model/judge.js";
import { makeTable, type TablePlan } from "../../tables/make-table.js";
import type { SamplerTask } from "../connections/sampler-process.js";
import { Talk } from "../connections/talk.js";
import { measureRound, noteGroups } from "./measuring.js";
import type { LoaderTask } from "./messages.js";
import { syncsPerSecond } from "./sync-rate.js";

export interface VerdictOptions {
  readonly store: Store;
  readonly choice: StoreChoice;
  readonly connections: number;
  /** Processes that the connections are spread over. */
  readonly processes: number;
  readonly method: string;
  readonly groupRows: number;
  readonly table: TablePlan;
  readonly seconds: number;
  readonly rounds: number;
  /** Where the disk is looked at. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { done: number; round: number; activity: string }) => void;
  /** What the client is slowed by for each group, and what else the table is to check: for tests. */
  readonly slowSeconds?: number;
  readonly constraints?: readonly string[];
}

const LOOK_MILLISECONDS = 10;
/** Connections beside those that load: this process's, the sampler's. */
const OWN_CONNECTIONS = 2;

/** Rejects with an `InputError` before anything starts if the server has no room. */
export async function measureVerdict(options: VerdictOptions): Promise<LoadVerdictStudy> {
  const { store, choice, connections, processes, method, groupRows, signal } = options;
  const prefix = `hellfact_load_${randomBytes(3).toString("hex")}_`;
  const tables = [`${prefix}base`, `${prefix}own`] as const;
  const talks: Talk[] = [];
  const begin = (script: string, task: object): Talk => {
    const talk = new Talk(script, task, signal);
    talks.push(talk);
    return talk;
  };
  try {
    const { doubles, isServer } = await makeTables(options, tables);
    const nobody =
      store.nullServer === undefined
        ? undefined
        : begin("../verdict/null-process.js", { store: choice });
    const nullUrl = (await nobody?.ready<{ url: string }>())?.url ?? null;
    const application = prefix.slice(0, -1);
    const sampling: SamplerTask = {
      ...{ store: choice, application: `${application}-load` },
      everyMilliseconds: LOOK_MILLISECONDS,
    };
    const sampler = isServer ? begin("sampler-process.js", sampling) : undefined;
    const loaders = Array.from({ length: processes }, (_, index) =>
      begin("../verdict/loader-process.js", {
        ...{ store: choice, table: options.table, tableName: tables[0], method, groupRows },
        ...{ nullUrl, isServer, application, slowSeconds: options.slowSeconds ?? 0 },
        connections: Math.floor((connections + index) / processes),
      } satisfies LoaderTask),
    );
    await Promise.all(
      [...loaders, ...(sampler === undefined ? [] : [sampler])].map((one) => one.ready()),
    );
    const [loader] = loaders as [Talk];
    const sent = nobody === undefined ? undefined : await noteGroups(nobody, loader);
    const { seconds } = options;
    const measuring = { connections, loaders, sampler, tables, seconds, doubles, sent };
    const rounds: VerdictRound[] = [];
    for (let round = 1; round <= options.rounds && !signal.aborted; round++) {
      const done = (round - 1) / options.rounds;
      options.onProgress({ done, round, activity: `${connections} connections` });
      rounds.push(await measureRound(measuring));
    }
    const setup = {
      ...{ connections, processes, method, groupRows, cores: usableCores(), isServer },
      roundTrips: sent?.each.roundTrips ?? 0,
      syncsPerSecond: syncsPerSecond(options.folder),
    };
    return { ...setup, ...judgeLoad(setup, rounds), rounds };
  } finally {
    await Promise.all(talks.map((talk) => talk.end()));
    await dropTables(options, tables);
  }
}

/** Makes the tables, and says whether there is room for twice the connections, and whether it is a server. */
async function makeTables(
  { store, choice, connections, table, constraints = [] }: VerdictOptions,
  names: readonly string[],
): Promise<{ doubles: boolean; isServer: boolean }> {
  const open = await store.open(choice.url);
  try {
    const doubles = await roomFor(open, store, connections);
    const { shape } = await makeTable(table, "");
    for (const name of names) {
      const all = [...(shape.constraints ?? []), ...constraints];
      await open.create({ ...shape, name, constraints: all }, true);
    }
    return { doubles, isServer: open.activity !== undefined };
  } finally {
    await open.close();
  }
}

async function dropTables(
  { store, choice }: VerdictOptions,
  names: readonly string[],
): Promise<void> {
  const open = await store.open(choice.url).catch(() => undefined);
  for (const name of names) await open?.drop(name).catch(() => undefined);
  await open?.close();
}

/** Whether there is room for twice the connections. */
async function roomFor(open: OpenStore, store: Store, wanted: number): Promise<boolean> {
  if (open.room === undefined) {
    if (wanted === 1) return false;
    throw new InputError(`--connections: ${store.name} is a file that one connection writes to.`);
  }
  const { most, taken } = await open.room();
  const free = most - taken + 1 - OWN_CONNECTIONS;
  if (free >= 3 * wanted) return true;
  if (free >= 2 * wanted) return false;
  throw new InputError(
    `--connections ${wanted}: a verdict takes twice as many, and the server has ${Math.max(0, free)} free. ` +
      "Ask for fewer, or raise max_connections.",
  );
}
