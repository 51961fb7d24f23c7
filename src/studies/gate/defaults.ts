/** What a gate does where nothing else is asked for. */
import type { GateDirection } from "./measure/plan.js";

export const GATE_DEFAULTS = {
  directions: ["write"] as readonly GateDirection[],
  seed: 42,
  allowChangedBytes: false,
};
