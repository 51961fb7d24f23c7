/** What processes that hold connections are asked, and what they say. */
import type { StoreChoice } from "../../../../plugins/load-store.js";
import type { TablePlan } from "../../tables/make-table.js";

/** Where rows come from in a phase, and what they go into. */
export const PHASES = ["indexed", "reading", "ended"] as const;
export type Phase = (typeof PHASES)[number];

/** `pool`: a statement under way on each connection; `pipeline`: several; `workers`: a pool in each of several processes. */
export const SCHEDULINGS = ["pool", "pipeline", "workers"] as const;
export type Scheduling = (typeof SCHEDULINGS)[number];

export interface HolderTask {
  readonly store: StoreChoice;
  readonly connections: number;
  /** Statements under way on each connection. */
  readonly depth: number;
  readonly application: string;
  readonly commit: "power" | "process";
  readonly table: TablePlan;
  /** The name of the table of each phase. */
  readonly tables: Readonly<Record<Phase, string>>;
}

export interface PhaseOrder {
  readonly phase: Phase;
  readonly seconds: number;
  /** Rows a second that this process is to begin, at even intervals; `null` for as many as go. */
  readonly rate: number | null;
}

/** What a process did in a phase. */
export interface PhaseCounts {
  /** Rows of which the server said that they are committed, and all that were sent. */
  readonly committed: number;
  readonly sent: number;
  readonly wallSeconds: number;
  /** Of commits, in milliseconds: from when each was to begin. */
  readonly latencies: readonly number[];
  readonly clientCpuSeconds: number;
  readonly serverCpuSeconds: number | null;
  /** Time that this process was ready to run and had to wait for a core; `null` where it is not told. */
  readonly runQueueSeconds: number | null;
}
