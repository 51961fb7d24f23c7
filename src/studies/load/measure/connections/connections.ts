/** How fast single rows are committed over so many connections, and what those are doing. */
import { randomBytes } from "node:crypto";
import { HellfactError, InputError } from "../../../../core/errors.js";
import type { OpenStore, Store } from "../../../../core/store.js";
import { usableCores } from "../../../../machine/environment.js";
import type { StoreChoice } from "../../../../plugins/load-store.js";
import { seededUniform, shuffled } from "../../../../stats/random.js";
import type { ConnectionRound, ConnectionsStudy } from "../../document.js";
import { makeTable, type TablePlan } from "../../tables/make-table.js";
import type { LoadTable } from "../../tables/table.js";
import {
  PHASES,
  type HolderTask,
  type Phase,
  type PhaseCounts,
  type Scheduling,
} from "./messages.js";
import { summarisedConnections } from "./summarise.js";
import { Talk } from "./talk.js";
import type { Sampled } from "./sampler-process.js";

export interface ConnectionsOptions {
  readonly store: Store;
  readonly choice: StoreChoice;
  readonly connections: readonly number[];
  readonly schedulings: readonly Scheduling[];
  /** Statements under way on each connection, of `pipeline`. */
  readonly depth: number;
  readonly table: TablePlan;
  readonly commit: "power" | "process";
  /** How long each phase is measured. */
  readonly seconds: number;
  readonly rounds: number;
  /** Rows a second that are begun, whatever becomes of those before; `null` for a closed loop. */
  readonly rate: number | null;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { done: number; round: number; activity: string }) => void;
}

/** The sampler and this process have a connection each. */
const OWN_CONNECTIONS = 2;
/** Columns that the table of the first phase has an index on each. */
const INDEXES = ["fact", "type"];

/** Measures every number of connections under every scheduling. Rejects before if there is no room. */
export async function measureConnections(options: ConnectionsOptions): Promise<ConnectionsStudy> {
  const { store, choice, connections } = options;
  const open = await store.open(choice.url, { commit: options.commit });
  const prefix = `hellfact_load_${randomBytes(3).toString("hex")}_`;
  const names = Object.fromEntries(PHASES.map((phase) => [phase, `${prefix}${phase}`])) as Record<
    Phase,
    string
  >;
  try {
    await checkRoom(open, store, Math.max(...connections));
    const found = await measureCells(options, open, prefix, names);
    if (found.length === 0) throw new HellfactError("interrupted.");
    const { settings, survives } = await open.durability();
    return {
      ...{ depth: options.depth, secondsAPhase: options.seconds, rate: options.rate },
      durability: { settings, survives },
      cells: summarisedConnections(found),
      rounds: found,
    };
  } finally {
    for (const name of Object.values(names)) await open.drop(name).catch(() => undefined);
    await open.close();
  }
}

/** Every number of connections under every scheduling, over and over; what was whole when it was interrupted. */
async function measureCells(
  options: ConnectionsOptions,
  open: OpenStore,
  prefix: string,
  names: Readonly<Record<Phase, string>>,
): Promise<ConnectionRound[]> {
  const { connections, schedulings, rounds, seed, signal, onProgress } = options;
  const table = await makeTable(options.table, prefix);
  const uniform = seededUniform(seed);
  const cells = schedulings.flatMap((scheduling) =>
    connections.map((count) => ({ scheduling, count })),
  );
  const found: ConnectionRound[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const [index, { scheduling, count }] of shuffled(cells, uniform).entries()) {
      if (signal.aborted) return found;
      const done = (round - 1 + index / cells.length) / rounds;
      onProgress({ done, round, activity: `${count} connections, ${scheduling}` });
      try {
        await makeTables(open, table, names);
        found.push(...(await measureOne(options, prefix, names, round, scheduling, count)));
      } catch (error) {
        if (signal.aborted) return found;
        throw error;
      }
    }
  }
  return found;
}

async function checkRoom(open: OpenStore, store: Store, wanted: number): Promise<void> {
  if (open.room === undefined || open.inserter === undefined) {
    throw new InputError(`--connections: ${store.name} is a file that one connection writes to.`);
  }
  const { most, taken } = await open.room();
  const free = most - taken + 1 - OWN_CONNECTIONS; // this process's own is among those taken
  if (wanted <= free) return;
  throw new InputError(
    `--connections ${wanted}: the server takes ${most}, and ${free} are free for this. ` +
      "Ask for fewer, or raise max_connections.",
  );
}

async function makeTables(
  open: OpenStore,
  { shape }: LoadTable,
  names: Readonly<Record<Phase, string>>,
): Promise<void> {
  for (const phase of PHASES) {
    const indexes = phase === "indexed" ? INDEXES : [];
    await open.create({ ...shape, name: names[phase], indexes }, true);
  }
}

async function measureOne(
  { choice, commit, table, depth, seconds, rate, signal }: ConnectionsOptions,
  prefix: string,
  tables: Readonly<Record<Phase, string>>,
  round: number,
  scheduling: Scheduling,
  count: number,
): Promise<ConnectionRound[]> {
  const application = prefix.slice(0, -1);
  const processes = scheduling === "workers" ? Math.min(count, usableCores() * 2) : 1;
  const sampler = new Talk("sampler-process.js", { store: choice, application }, signal);
  const holders = Array.from({ length: processes }, (_, index) => {
    const share = Math.floor((count + index) / processes);
    const task: HolderTask = {
      ...{ store: choice, application, commit, table, tables },
      connections: share,
      depth: scheduling === "pipeline" ? depth : 1,
    };
    return new Talk("holder-process.js", task, signal);
  });
  try {
    await Promise.all([sampler, ...holders].map((one) => one.ready()));
    const found: ConnectionRound[] = [];
    for (const phase of PHASES) {
      await sampler.ask({ reset: true });
      const order = { phase, seconds, rate: rate === null ? null : rate / processes };
      const counts = await Promise.all(
        holders.map((holder) => holder.ask<PhaseCounts>(order, seconds)),
      );
      const seen = await sampler.ask<Sampled>({ reset: true });
      found.push(together(counts, seen, { round, scheduling, connections: count, phase }));
    }
    return found;
  } finally {
    await Promise.all([sampler, ...holders].map((one) => one.end()));
  }
}

/** What all processes did in a phase. */
function together(
  counts: readonly PhaseCounts[],
  seen: Sampled,
  which: Pick<ConnectionRound, "round" | "scheduling" | "connections" | "phase">,
): ConnectionRound {
  const sum = (value: (one: PhaseCounts) => number) =>
    counts.reduce((total, one) => total + value(one), 0);
  const sumOrNull = (value: (one: PhaseCounts) => number | null) =>
    counts.some((one) => value(one) === null) ? null : sum((one) => value(one) ?? 0);
  const latencies = Float64Array.from(counts.flatMap((one) => one.latencies)).toSorted();
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0;
  const looks = Object.values(seen).reduce((total, number) => total + number, 0);
  return {
    ...which,
    committed: sum(({ committed }) => committed),
    sent: sum(({ sent }) => sent),
    wallSeconds: Math.max(...counts.map(({ wallSeconds }) => wallSeconds)),
    latencyMilliseconds: { p50: at(0.5), p99: at(0.99), max: at(1) },
    waits: Object.entries(seen)
      .map(([what, number]) => ({ what, share: number / looks }))
      .toSorted((a, b) => b.share - a.share),
    clientCpuSeconds: sum(({ clientCpuSeconds }) => clientCpuSeconds),
    serverCpuSeconds: sumOrNull(({ serverCpuSeconds }) => serverCpuSeconds),
    runQueueSeconds: sumOrNull(({ runQueueSeconds }) => runQueueSeconds),
  };
}
