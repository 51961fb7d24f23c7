import type { RunEnd } from "./run-end.js";
import type { WorkerProgress } from "./messages.js";
import type { ProbeRound } from "./crew/probe-rounds.js";

/** How far a run is. */
export interface RunState {
  readonly seconds: number;
  readonly workers: readonly WorkerProgress[];
  /** Parts finished in this process. */
  readonly parts: number;
  /** Positions in whole parts, those of earlier processes included. */
  readonly positionsDone: number;
}

/** What a run did in this process. */
export interface RunOutcome extends RunState {
  readonly facts: number;
  readonly encodedBytes: number;
  readonly storedBytes: number;
  readonly rejected: number;
  /** What was measured of the stages meanwhile, where that was asked. */
  readonly rounds: readonly ProbeRound[];
  /** What went wrong and was mended. */
  readonly incidents: readonly string[];
  /** Why it ended; `null` if it was interrupted. */
  readonly ended: RunEnd | null;
}

/** Who wants to know of a run, or to end it. */
export interface RunHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (state: RunState) => void;
  /** Something went wrong and was mended. */
  readonly onIncident: (text: string) => void;
}
