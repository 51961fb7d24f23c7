/** What a process of cells measures: loading, or looking up. */
import type { CellFigures } from "./messages.js";

/** What is short is repeated until it took so long together, or so often. */
export const LEAST_SECONDS = 0.03;
export const MOST_LOADS = 20;

export interface Measured {
  /** Makes what must be there before, and lets the method's code be compiled. */
  prepare(): Promise<void>;
  /** @param onClock called as the clock of each time starts, and stops */
  measure(rows: number, onClock: (what: "starts" | "stops") => void): Promise<CellFigures>;
  /** Takes the tables away. */
  clear(): Promise<void>;
}
