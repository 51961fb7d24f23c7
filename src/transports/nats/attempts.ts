/** What became of a task each time it was handed out, by what workers tell and what they do not. */
import { MAX_ATTEMPTS, type Failure, type QueueOptions, type Task } from "../../core/transport.js";
import type { LeaseReport } from "./wire.js";
import { MAX_DELIVERIES } from "./streams.js";

/** A task that was offered and is not done. */
export interface Offered {
  readonly task: Task<unknown>;
  /** Its sequence in the stream; unknown until the server said so. */
  sequence: number | undefined;
  /** How often it was put into the stream. */
  round: number;
  /** Of this round: how often it was given back, failed, or was not heard of again. */
  endings: number;
  failures: number;
  silences: number;
  lastWorker: string;
  lastFailure: Failure | undefined;
}

export interface Failed {
  readonly failure: Failure;
  readonly attempts: number;
  readonly most: number;
  /** Whether it is tried again. */
  readonly again: boolean;
}

export function offeredTask(task: Task<unknown>): Offered {
  return {
    ...{ task, sequence: undefined, round: 0, endings: 0, failures: 0, silences: 0 },
    ...{ lastWorker: "", lastFailure: undefined },
  };
}

/** Takes a report into account. Returns what failed by it, if something did. */
export function hearReport(
  offered: Offered,
  { event, delivery, sequence, worker, failure }: LeaseReport,
  options: QueueOptions,
): Failed | undefined {
  offered.sequence ??= sequence;
  if (event === "begun") {
    const missing = delivery - 1 - offered.endings;
    const silent = silence(offered, options);
    offered.lastWorker = worker;
    // Whoever had it before has not said how that ended.
    if (missing <= 0 || sequence !== offered.sequence) return undefined;
    offered.endings = delivery - 1;
    offered.silences += 1;
    const attempts = offered.silences;
    return { failure: silent, attempts, most: MAX_DELIVERIES, again: true };
  }
  offered.endings += 1;
  if (event !== "failed" || failure === undefined) return undefined;
  offered.failures += 1;
  offered.lastFailure = failure;
  const isTriedAgain = options.retries || failure.kind === "died";
  const again = isTriedAgain && offered.failures < MAX_ATTEMPTS;
  return { failure, attempts: offered.failures, most: MAX_ATTEMPTS, again };
}

/** The server hands it out no more. */
export function givenUp(offered: Offered, options: QueueOptions): Failed {
  const failure = offered.lastFailure ?? silence(offered, options);
  return { failure, attempts: MAX_DELIVERIES, most: MAX_DELIVERIES, again: false };
}

function silence({ lastWorker }: Offered, { leaseSeconds }: QueueOptions): Failure {
  const who = lastWorker === "" ? "" : `: ${lastWorker}`;
  return { kind: "silent", message: `(nothing was heard of it for ${leaseSeconds} s${who})` };
}
