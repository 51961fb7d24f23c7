/** What a run does where nothing else is asked for. */
import { NO_DELAYS } from "../../pipeline/injection.js";

export const RUN_DEFAULTS = {
  codec: "json",
  compress: "none",
  unit: "batch",
  from: 0,
  roll: { bytes: 64e6 } as { readonly bytes: number } | { readonly seconds: number },
  sync: "close",
  onError: "stop",
  allowBombs: false,
  check: false,
  verdict: false,
  inject: NO_DELAYS,
  /** Of a cluster: a worker that is not heard of for so many seconds has lost its range. */
  lease: 30,
  seed: 42,
} as const;
