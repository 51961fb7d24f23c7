/** What a process that measures one cell is told, and what it answers. */
import type { Fetch, Shape } from "./driver.js";

export interface CellName {
  readonly store: "postgres" | "sqlite" | "duckdb";
  readonly driver: string;
  readonly shape: Shape;
  readonly fetch: Fetch;
}

export interface CellTask extends CellName {
  readonly url: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** No more fetches than so many, and none that begins after so many seconds. */
  readonly mostFetches: number;
  readonly seconds: number;
}

export interface CellFigures {
  readonly server: string;
  readonly fetches: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly gcSeconds: number;
  readonly firstRowSeconds: number;
  readonly peakMemoryBytes: number;
}
