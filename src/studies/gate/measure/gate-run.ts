/** What a gate is asked to measure, and how. */
import type { CellName } from "../decide/judge.js";
import type { GatePair, GateWays } from "../document.js";
import type { VariantName, VariantPlan, Way } from "./plan.js";

/** A cell with what its variants' processes need to know. */
export interface PlannedCell extends CellName {
  readonly plans: Readonly<Record<VariantName, VariantPlan>>;
}

export interface GateRun {
  readonly cells: readonly PlannedCell[];
  readonly seed: number;
  readonly budgetSeconds: number;
  readonly cores: number;
  readonly allowChangedBytes: boolean;
  /** In which way pairs are made; `auto` for the quieter one. */
  readonly way: Way | "auto";
  /** Called when A/A pairs have shown in which way pairs are made. */
  readonly onWays: (ways: GateWays) => void;
  readonly signal: AbortSignal;
  /** Called after each pair. */
  readonly onPair: (
    made: number,
    wanted: number,
    secondsLeft: number,
    cell: CellName,
    pair: GatePair,
  ) => void;
}
