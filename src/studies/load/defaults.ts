/** What loading does where nothing else is asked for; the command line and the library both take it from here. */
import type { Scheduling } from "./measure/connections/messages.js";

export const LOAD_DEFAULTS = {
  commit: "power",
  /** Seconds after which a load is killed. */
  timeout: 3,
  rounds: 5,
  /** Seconds after which no further round of a comparison begins. */
  budget: 50,
  scheduling: ["pool"] as readonly Scheduling[],
  /** Statements under way on a connection that is pipelined. */
  depth: 16,
  /** Seconds for which each of the three rates is measured. */
  phase: 1,
  seed: 42,
} as const;
