/** What a process that measures cells is asked, and what it says. */
import type { Durability, LoadMethod } from "../../../core/store.js";
import type { StoreChoice } from "../../../plugins/load-store.js";
import type { TablePlan } from "../tables/make-table.js";

/** One method, of which cells of several sizes will be asked. */
export interface Task {
  readonly store: StoreChoice;
  readonly method: LoadMethod["name"];
  /** Rows that are there beforehand, where it is looking up that is measured. */
  readonly lookUpAmong?: number;
  readonly table: TablePlan;
  /** Stands before the names of tables, so that nobody else's are touched. */
  readonly prefix: string;
  readonly commit: "power" | "process";
  /** Where files that the store reads may be put. */
  readonly folder: string;
}

/** Who answers, told once the store is open and warm. */
export interface Ready {
  readonly driver: string;
  readonly server: string;
  readonly address: string;
}

/** What loading so many rows took; seconds are of all `loads` together. */
export interface CellFigures {
  readonly loads: number;
  readonly wallSeconds: number;
  readonly clientCpuSeconds: number;
  /** `null` where the server is elsewhere, 0 where there is none beside this process. */
  readonly serverCpuSeconds: number | null;
  readonly storedBytes: number;
  readonly peakMemoryBytes: number;
  readonly durability: Durability;
}

/** Told meanwhile: the clock of a load starts, or stops. */
export interface CellNews {
  readonly clock: "starts" | "stops";
}
