import { readFileSync, realpathSync } from "node:fs";
import type { OpenTransport } from "../../../core/transport.js";
import { toolVersion } from "../../../machine/environment.js";
import type { PartAccounting } from "../accounting.js";
import { Coordinator, RANGE_STAGE, type RangeDispatcher } from "../coordinator.js";
import { manifestPath } from "../manifest.js";
import type { RunHooks, RunOutcome } from "../outcome.js";
import type { Run } from "../plan.js";
import { queueIdOf, type RunAbout } from "./about.js";
import type { RunPlace } from "../places/run-place.js";
import { placeDelivered, placeStaged } from "./place.js";
import { clearStaging } from "./staging.js";

export interface ClusterOptions {
  readonly transport: OpenTransport;
  readonly leaseSeconds: number;
  readonly replicas?: number | undefined;
}

/** Ranges of an input with one reader that are put aside for whoever comes. */
const MOST_SEGMENTS = 64;

/** Goes through with a run whose workers are other machines' processes. */
export async function coordinateCluster(
  run: Run,
  folder: string,
  accounting: PartAccounting,
  hooks: RunHooks,
  place: RunPlace | undefined,
  { transport, leaseSeconds, replicas }: ClusterOptions,
): Promise<RunOutcome> {
  const { plan, conditions } = run;
  const whole = realpathSync(folder);
  const head = readFileSync(manifestPath(folder), "utf8").split("\n", 1)[0] ?? "";
  const about: RunAbout = {
    ...{ kind: "run", version: toolVersion(), conditions },
    plan: { ...plan, folder: whole },
  };
  const dispatcher: RangeDispatcher = await transport.dispatcher({
    ...{ id: queueIdOf(head, whole), about, leaseSeconds, retries: true },
    stages: [{ name: RANGE_STAGE, permits: null }],
    ...(replicas !== undefined && { replicas }),
  });
  const coordinator = new Coordinator(run, accounting, hooks, dispatcher, {
    place: (made) =>
      place === undefined ? placeStaged(plan, whole, made) : placeDelivered(place, made),
    failsAtOnce: false,
    folder: whole,
    mostSegments: MOST_SEGMENTS,
  });
  const outcome = await coordinator.work();
  if (outcome.ended !== null) clearStaging(whole);
  return outcome;
}
