/** Works for a queue of jobs that is on another machine. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { stay, type StayOptions } from "../process/stay.js";
import { JobWorker, type JobReceiver } from "./worker.js";

/** What workers are told of a queue. Another version of it may mean something else. */
export interface JobsAbout {
  readonly kind: "jobs";
  readonly version: 1;
  /** Where jobs run, on every machine. */
  readonly directory: string;
  /** Where what they say goes. */
  readonly logs: string;
  readonly leaseSeconds: number;
}

export interface JoinOptions extends StayOptions {
  readonly slots: number;
  readonly stages?: readonly string[] | undefined;
}

const LOOK_MILLISECONDS = 200;

/** What a queue says that it is about, where that is jobs; `undefined` where it is anything else. */
export function jobsAbout(about: unknown): JobsAbout | undefined {
  const { kind, version, directory, logs, leaseSeconds } = Object(about) as Partial<JobsAbout>;
  const isJobs = kind === "jobs" && version === 1 && typeof leaseSeconds === "number";
  const hasPlaces = typeof directory === "string" && typeof logs === "string";
  return isJobs && hasPlaces ? (about as JobsAbout) : undefined;
}

/** Why this machine cannot work for a queue, or `undefined`. */
export function whyNoJobs({ directory }: JobsAbout): string | undefined {
  return existsSync(directory)
    ? undefined
    : `its folder ${directory} is not here: mount it at the same place`;
}

/** Does jobs until the queue is over, or there is a reason to leave. */
export async function joinJobs(
  { logs, leaseSeconds }: JobsAbout,
  receiver: JobReceiver,
  { slots, stages, signal, mayLeave }: JoinOptions,
): Promise<void> {
  const worker = new JobWorker(receiver, {
    ...{ slots, logs, leaseSeconds, who: `${encodeURIComponent(hostname())}-${process.pid}` },
    ...(stages !== undefined && { stages }),
  });
  await stay(worker, { signal, mayLeave }, { milliseconds: LOOK_MILLISECONDS });
}
