/** What a run says when something fails. */
import { DiskFullError, HellfactError, InputError } from "../../core/errors.js";
import type { FromWorker } from "./messages.js";
import type { Range, RunPlan } from "./plan.js";

/** How often a part is tried before the run gives up on it. */
export const MAX_ATTEMPTS = 3;

const POSITION = { generator: "facts", lines: "bytes", pipe: "bytes", stream: "lines" } as const;

/** A worker died over a range, or over none. */
export function diedOver(plan: RunPlan, range: Range | undefined, cause: string): string {
  if (range === undefined) return `a worker died ${cause}`;
  const { from, to } = range;
  return `a worker died over ${POSITION[plan.source.kind]} ${from} to ${to - 1} ${cause}`;
}

export function triedInVain(what: string): HellfactError {
  return new HellfactError(`${what}. It was tried ${MAX_ATTEMPTS} times.`);
}

export function diedAtOnce(cause: string): HellfactError {
  return new HellfactError(`a worker died before it did anything ${cause}.`);
}

export function diedWithStdin(cause: string): HellfactError {
  return new HellfactError(`the worker died, and what it had read is lost ${cause}.`);
}

/** What a worker could not do, as the error that its process would have ended with. */
export function failureOf(
  { error, message }: Extract<FromWorker, { kind: "failed" }>,
  fullDisk: (message: string) => DiskFullError,
): HellfactError {
  switch (error) {
    case "disk-full":
      return fullDisk(message);
    case "input":
      return new InputError(message);
    case "other":
      return new HellfactError(message);
  }
}

/** The error of a full disk, with how much is needed and how the run goes on. */
export function diskFull(message: string, plan: RunPlan, bytesLeft: number | null): DiskFullError {
  const needed = bytesLeft === null ? "" : `It needs about ${bytesLeft} bytes; `;
  return new DiskFullError(
    `${message} ${needed}then hellfact run --resume ${plan.folder ?? ""} goes on.`,
  );
}
