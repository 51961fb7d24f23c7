import type { OwnSink } from "../../plugins/load-sink.js";
import type { Slowing } from "../../sinks/slowed.js";
import type { Delays } from "../injection.js";
import type { JsonEngine } from "../json-engine.js";

/** How workers go about a plan; none of it changes the bytes. */
export interface WorkerConditions {
  /** Facts a second; `null` for as fast as it goes. */
  readonly factsPerSecond: number | null;
  /** How the sink is held back, and what is injected. */
  readonly slowing: Slowing;
  /** A sink of a user's own that parts go to, where they go to no folder. */
  readonly sink?: OwnSink | undefined;
  readonly delays: Delays;
  /** Whether workers are now and then asked to stand still, to be measured part by part. */
  readonly probing: boolean;
  /** Not there where the codec knows no two ways. */
  readonly jsonEngine?: JsonEngine | undefined;
}

/** What one of several workers is to keep to, so that all together keep to the whole. */
export function shareOf(all: WorkerConditions, workers: number): WorkerConditions {
  const share = (amount: number | null) => (amount === null ? null : amount / workers);
  const slowing = { ...all.slowing, bytesPerSecond: share(all.slowing.bytesPerSecond) };
  return { ...all, factsPerSecond: share(all.factsPerSecond), slowing };
}
