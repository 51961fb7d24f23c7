/** What a comparison does where nothing else is asked for; the command line and the library both take it from here. */
import { DEFAULT_CODECS } from "../../plugins/default-codecs.js";
import { NO_DELAYS } from "../../pipeline/injection.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import type { Direction } from "../../trial/result.js";
import { DEFAULT_PROFILE } from "../../../generators/profile.js";

export const COMPARE_DEFAULTS = {
  codecs: DEFAULT_CODECS,
  compressors: ["none", "gzip"] as readonly string[],
  unit: "batch",
  /** Empty: writes and reads, and projections of what is not compressed. */
  directions: [] as readonly Direction[],
  /** Empty: both engines for JSON, the first for the others. */
  engines: [] as readonly string[],
  input: null,
  schema: null,
  facts: null,
  seed: 42,
  profile: DEFAULT_PROFILE,
  sink: "file",
  sync: "close",
  /** Enough for an interval that leaves out one outlier on each side. */
  trials: 9,
  budgetSeconds: 80,
  precision: 0.02,
  slowing: NOT_SLOWED,
  delays: NO_DELAYS,
  /** What binds is found out for plain JSON, which the first screen tells. */
  study: "json",
} as const;

/** The budget of a rough answer. */
export const QUICK_SECONDS = 15;
