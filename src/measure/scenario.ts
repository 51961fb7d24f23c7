import type { Direction, ScenarioResult } from "../results/document.js";

/** What is measured: one codec, one compressor, one direction, one place to write to. */
export type Scenario = Pick<
  ScenarioResult,
  "codec" | "compressor" | "engine" | "direction" | "sink" | "sync" | "runtime"
>;

/** A scenario in a few words, for progress and messages: `msgpackr gzip:6 read`. */
export function describe(scenario: Scenario): string {
  const { codec, compressor, engine, direction, runtime } = scenario;
  const by = engine === null || engine === "node:zlib" ? "" : ` by ${engine}`;
  const under = runtime === undefined ? "" : ` on ${runtime}`;
  return `${codec} ${compressor} ${direction}${by}${under}`;
}

/** Directions that read what a write left. */
export function isReading(direction: Direction): boolean {
  return direction !== "write";
}
