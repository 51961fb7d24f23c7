/** Does slices of one load by turns. */
import { cpus } from "node:os";
import type { Sent } from "../../../../core/store.js";
import type { VerdictRound } from "../../document.js";
import type { Sampled } from "../connections/sampler-process.js";
import type { Talk } from "../connections/talk.js";
import type { Order, Pings, SliceCounts, SliceOrder } from "./messages.js";
import { looksAs, sliceOf } from "./slices.js";

/** Delays that are tried are this share of what a group takes its process, within bounds. */
const DELAY_SHARE = 0.5;
const LEAST_DELAY = 20e-6;
const MOST_DELAY = 20e-3;

/** What a group is sent as the first time, and later. */
interface SentGroups {
  readonly first: Sent;
  readonly each: Sent;
}

export interface Measuring {
  readonly connections: number;
  readonly loaders: readonly Talk[];
  readonly sampler: Talk | undefined;
  /** The load's, and one that nobody else can know. */
  readonly tables: readonly [string, string];
  readonly seconds: number;
  /** Whether there is room for twice the connections. */
  readonly doubles: boolean;
  readonly sent: SentGroups | undefined;
}

/** Has one loader load into a server that keeps nothing, and notes what it sends. */
export async function noteGroups(nobody: Talk, loader: Talk): Promise<SentGroups> {
  const note = async () => {
    await nobody.ask("note");
    await loader.ask({ kind: "one" } satisfies Order);
    return nobody.ask<Sent>("take");
  };
  await loader.ask({ kind: "ping" } satisfies Order);
  return { first: await note(), each: await note() };
}

/** One slice of each kind. */
export async function measureRound(measuring: Measuring): Promise<VerdictRound> {
  const { connections: lanes, loaders, sampler, tables, seconds, doubles, sent } = measuring;
  const slice = (order: SliceOrder) => sliceOver(loaders, order);
  const load = { kind: "load", table: tables[0], commit: "power", delaySeconds: 0 } as const;
  const plain = { ...load, lanes, seconds };
  const pings = (await loaders[0]?.ask<Pings>({ kind: "ping" })) as Pings;
  await sampler?.ask({ reset: true });
  const before = { used: machineSeconds(), at: performance.now() };
  const base = await slice(plain);
  const bracketSeconds = (performance.now() - before.at) / 1000;
  const machineCores = Math.max(0, machineSeconds() - before.used) / bracketSeconds;
  const looks = looksAs((await sampler?.ask<Sampled>({ reset: true })) ?? {});
  const groupSeconds = loaders.length / base.rate;
  const delaySeconds = Math.min(MOST_DELAY, Math.max(LEAST_DELAY, groupSeconds * DELAY_SHARE));
  return {
    ...{ base, looks, machineCores, delaySeconds },
    ...{ pingSeconds: pings.seconds, nullPingSeconds: pings.nullSeconds },
    noWait: await slice({ ...plain, commit: "process" }),
    delayed: await slice({ ...plain, delaySeconds }),
    own: await slice({ ...plain, table: tables[1] }),
    twice: doubles ? await slice({ ...plain, lanes: 2 * lanes }) : null,
    source: await slice({ kind: "source", lanes, seconds: seconds / 3 }),
    nobody: sent === undefined ? null : await slice({ kind: "null", lanes, seconds: seconds / 2 }),
    replay: sent === undefined ? null : await slice({ kind: "replay", lanes, seconds, ...sent }),
  };
}

async function sliceOver(
  loaders: readonly Talk[],
  order: SliceOrder,
): Promise<VerdictRound["base"]> {
  const counts = await Promise.all(
    loaders.map((loader, index) => {
      const lanes = Math.floor((order.lanes + index) / loaders.length);
      return loader.ask<SliceCounts>({ ...order, lanes }, order.seconds);
    }),
  );
  return sliceOf(counts);
}

/** Processor time that everybody on this machine has used. */
function machineSeconds(): number {
  const used = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return used.reduce((sum, one) => sum + one, 0) / 1000;
}
