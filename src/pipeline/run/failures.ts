/** What a run says when something fails. */
import { DiskFullError, HellfactError, InputError } from "../../core/errors.js";
import { MAX_ATTEMPTS, type Failure } from "../../core/transport.js";
import type { Range, RunPlan } from "./plan.js";

const POSITION = {
  generator: "facts",
  lines: "bytes",
  pipe: "bytes",
  stream: "lines",
  events: "messages",
} as const;

/** A worker died over a range. */
export function diedOver(plan: RunPlan, range: Range, cause: string): string {
  return `a worker died over ${positions(plan, range)} ${cause}`;
}

/** Something was wrong with a range. */
export function happenedOver(plan: RunPlan, range: Range): string {
  return `over ${positions(plan, range)}`;
}

function positions({ source }: RunPlan, { from, to }: Range): string {
  return `${POSITION[source.kind]} ${from} to ${to - 1}`;
}

export function triedInVain(what: string): HellfactError {
  return new HellfactError(`${what}. It was tried ${MAX_ATTEMPTS} times.`);
}

export function diedAtOnce(cause: string): HellfactError {
  return triedInVain(`a worker died before it did anything ${cause}`);
}

export function diedWithStdin(cause: string): HellfactError {
  return new HellfactError(`the worker died, and what it had read is lost ${cause}.`);
}

/** What a worker could not do, as the error that its process would have ended with. */
export function failureOf({ kind, message }: Failure): HellfactError {
  switch (kind) {
    case "disk-full":
      return new DiskFullError(message);
    case "input":
      return new InputError(message);
    default:
      return new HellfactError(message);
  }
}

/** A range that was given up. */
export interface DeadLetter {
  readonly range: Range;
  readonly why: string;
  readonly attempts: number;
}

/** So many are named; a list without end helps nobody. */
const MOST_NAMED = 10;

/** Some ranges could not be made, and everything else is there. */
export function deadLetters(plan: RunPlan, dead: readonly DeadLetter[]): HellfactError {
  const named = dead
    .slice(0, MOST_NAMED)
    .map(
      ({ range, why, attempts }) => `${positions(plan, range)} (tried ${attempts} times: ${why})`,
    );
  const more = dead.length > MOST_NAMED ? `, and ${dead.length - MOST_NAMED} more` : "";
  return new HellfactError(
    `${dead.length} ${dead.length === 1 ? "range" : "ranges"} could not be made: ${named.join("; ")}${more}. ` +
      `The others are in place; hellfact run --resume ${plan.folder ?? ""} tries these again.`,
  );
}

/** The error of a full disk, with how much is needed and how the run goes on. */
export function diskFull(message: string, plan: RunPlan, bytesLeft: number | null): DiskFullError {
  const needed = bytesLeft === null ? "" : `It needs about ${bytesLeft} bytes; `;
  return new DiskFullError(
    `${message} ${needed}then hellfact run --resume ${plan.folder ?? ""} goes on.`,
  );
}
