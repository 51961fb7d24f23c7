/**
 * A load on a cluster of one coordinator: what 10 to 10,000 workers make by the simulation, how many the load takes,
 * and what breaks first when it grows.
 */
import { DAY_SECONDS, factsADay, factsASecond, type Load } from "../load.js";
import type { Machine } from "../machine.js";
import { choiceOf, type MeasuredCodec, type SizedChoice } from "../measured.js";
import type { SizedRow } from "../sizing.js";
import { simulate, STATIONS, type ClusterModel, type Station } from "./simulate.js";

/**
 * What coordinator and server take for a range, by `npm run bench:cluster-simulation` on two shared cores of an AMD
 * EPYC with NATS 2.9.10, Node 20. Of the coordinator's, 0.5 ms are processor time, and the rest is until its line of the
 * manifest is on a disk that others use, too; on the same one in a quiet moment that took 0.2 ms.
 */
export const MEASURED = { coordinatorSeconds: 4.2e-3, serverSeconds: 0.4e-3 } as const;

/** What nobody has measured, and has to be taken from somewhere. */
export const ASSUMED = {
  /** Of the time of a range: its standard deviation by its mean. */
  variation: 0.3,
  /** A worker a week, a lease of 30 s. */
  failures: { meanLifeSeconds: 7 * DAY_SECONDS, lostSeconds: 30, restartSeconds: 10 },
  stragglers: { share: 0.01, times: 5 },
} as const;

const WORKERS = [10, 30, 100, 300, 1000, 3000, 10_000];
/** So many ranges for each worker: beginning and end are not looked at. */
const RANGES_OF_A_WORKER = 12;
const SEED = 42;

export interface ClusterPoint {
  readonly workers: number;
  readonly machines: number;
  readonly usdPerDay: number;
  readonly rangesPerSecond: number;
  /** How many times the load's peak that is. */
  readonly timesLoad: number;
  /** By what so many workers would make that wait for nothing and never fail. */
  readonly efficiency: number;
  /** Of what there is one of for all, what is busy most; and for which part of the time. */
  readonly busiest: Exclude<Station, "workers">;
  readonly busy: number;
}

/** What there is one of for all workers, and where it ends. */
export interface ClusterLimit {
  readonly what: Exclude<Station, "workers">;
  readonly rangesPerSecond: number;
  readonly timesLoad: number;
  /** So many workers keep it busy. */
  readonly workers: number;
}

export interface ClusterSizing extends SizedChoice {
  readonly machine: string;
  readonly rangeBytes: number;
  readonly factsPerRange: number;
  readonly rangesPerDay: number;
  /** At the load's peak. */
  readonly rangesPerSecond: number;
  /** Of a worker, for a range. */
  readonly workSeconds: number;
  /** What all workers together write in a second into what they share; `null` where nobody knows. */
  readonly sharedBytesPerSecond: number | null;
  /** The machines that the sizing asks for, with a worker on each core of theirs. */
  readonly needed: ClusterPoint;
  readonly points: readonly ClusterPoint[];
  /** The first that breaks comes first. */
  readonly limits: readonly ClusterLimit[];
}

/** @param rangeBytes what a range becomes, stored; of JSON where stored bytes were not measured */
export function sizeCluster(
  row: SizedRow,
  { cost }: MeasuredCodec,
  machine: Machine,
  load: Load,
  rangeBytes: number,
): ClusterSizing | null {
  const bytesPerFact = cost.storedBytes ?? cost.jsonBytes;
  if (bytesPerFact === null || bytesPerFact <= 0) return null;
  const factsPerRange = Math.max(1, Math.round(rangeBytes / bytesPerFact));
  const workSeconds = (row.coreSecondsPerDay.median / factsADay(load)) * factsPerRange;
  const rangesPerSecond = (factsASecond(load) * load.peak) / factsPerRange;
  const pointOf = (workers: number) => point(workers, workSeconds, rangesPerSecond, machine);
  return {
    ...choiceOf(row),
    machine: machine.name,
    ...{ rangeBytes, factsPerRange, workSeconds, rangesPerSecond },
    rangesPerDay: factsADay(load) / factsPerRange,
    sharedBytesPerSecond:
      cost.storedBytes === null ? null : factsASecond(load) * load.peak * cost.storedBytes,
    needed: pointOf(row.size.whole * machine.vcpus),
    points: WORKERS.map(pointOf),
    limits: limitsOf(workSeconds, rangesPerSecond),
  };
}

function point(
  workers: number,
  workSeconds: number,
  wanted: number,
  { vcpus, usdPerHour }: Machine,
): ClusterPoint {
  const { busy, rangesPerSecond, efficiency } = simulate(modelOf(workers, workSeconds), SEED);
  const machines = Math.ceil(workers / vcpus);
  const shared = STATIONS.filter((station) => station !== "workers");
  const busiest = shared.reduce((most, one) => (busy[one] > busy[most] ? one : most));
  return {
    ...{ workers, machines, rangesPerSecond, efficiency, busiest, busy: busy[busiest] },
    usdPerDay: machines * usdPerHour * 24,
    timesLoad: rangesPerSecond / wanted,
  };
}

function modelOf(workers: number, meanSeconds: number): ClusterModel {
  const { variation, failures, stragglers } = ASSUMED;
  return {
    ...{ workers, ranges: workers * RANGES_OF_A_WORKER, ...MEASURED, storageSeconds: 0 },
    ...{ work: { meanSeconds, variation }, processors: null, failures, stragglers },
  };
}

function limitsOf(workSeconds: number, wanted: number): ClusterLimit[] {
  const { coordinatorSeconds, serverSeconds } = MEASURED;
  const seconds = { coordinator: coordinatorSeconds, server: serverSeconds };
  return (["coordinator", "server"] as const)
    .map((what) => {
      const rangesPerSecond = 1 / seconds[what];
      const workers = Math.ceil(rangesPerSecond * workSeconds);
      return { what, rangesPerSecond, timesLoad: rangesPerSecond / wanted, workers };
    })
    .toSorted((a, b) => a.rangesPerSecond - b.rangesPerSecond);
}
