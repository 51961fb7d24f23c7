import type { Direction, ScenarioResult } from "./result.js";

/** What is measured: one codec, one compressor, one direction, one place to write to. */
export type Scenario = Pick<
  ScenarioResult,
  | "codec"
  | "compressor"
  | "unit"
  | "engine"
  | "direction"
  | "sink"
  | "sync"
  | "runtime"
  | "sweepValue"
>;

/** Why a scenario is not measured. */
export interface Without {
  readonly status: "unavailable" | "unsupported";
  readonly reason: string;
  /** The codec whose figures hold for this one too. */
  readonly sameAs: string | null;
}

/** A scenario in a few words, for progress and messages: `msgpackr gzip:6 read`. */
export function describe(scenario: Scenario): string {
  const { codec, compressor, engine, direction, runtime, sweepValue } = scenario;
  const by = engine === null || engine === "node:zlib" ? "" : ` by ${engine}`;
  const under = runtime === undefined ? "" : ` on ${runtime}`;
  const at = sweepValue === undefined ? "" : ` at ${sweepValue}`;
  return `${codec} ${compressor} ${direction}${by}${under}${at}`;
}

/** Directions that read what a write left. */
export function isReading(direction: Direction): boolean {
  return direction !== "write";
}
