/** What a gate does where nothing else is asked for. */
import type { GateDirection, Way } from "./measure/plan.js";

export const GATE_DEFAULTS = {
  directions: ["write"] as readonly GateDirection[],
  seed: 42,
  allowChangedBytes: false,
  way: "auto" as Way | "auto",
};
