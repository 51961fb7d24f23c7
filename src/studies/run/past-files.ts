/** What facts that go past files, into a store or a stream, have in common. */
import type { Command } from "commander";
import { InputError } from "../../core/errors.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { secondsToGo, startProgress } from "../../terminal/progress.js";
import { refuseTyped } from "../../terminal/refuse-typed.js";
import { factsAsked, STDIN, type RunOptions } from "./asked.js";
import { isStreamUrl, type FactsAsked } from "./from-stream.js";

/** More than any source has. */
const FAR_AWAY = Number.MAX_SAFE_INTEGER;

/** The facts that are asked for, and in how many seconds at most. Rejects as `factsAsked` does. */
export async function rangeAsked(
  options: RunOptions,
): Promise<Goal & { source: FactsAsked["source"] }> {
  const { durationSeconds: seconds, source, start, end } = await factsAsked(options);
  return { source: readOnce(source), start, end: end ?? FAR_AWAY, seconds };
}

/** One reader takes all of it, in order. */
function readOnce(source: FactsAsked["source"]): FactsAsked["source"] {
  return source.kind === "pipe" ? { ...source, kind: "stream" } : source;
}

/** Positions that are asked for, of which `FAR_AWAY` is no end that is known, and in how many seconds at most. */
interface Goal {
  readonly start: number;
  readonly end: number;
  readonly seconds: number | null;
}

/** Shows how far it is. @param stage what facts become: `parts` */
export function startPassing(what: string, stage: string, goal: Goal, quiet: boolean) {
  const progress = startProgress(what, quiet);
  const startedAt = performance.now();
  const secondsPassed = () => (performance.now() - startedAt) / 1000;
  return {
    secondsPassed,
    update: (facts: number, position: number) =>
      progress.update({
        ...farAlong(goal, position, secondsPassed()),
        ...{ stage, activity: `${facts} facts` },
      }),
    stop: () => progress.stop(),
  };
}

/** How far it is at a position, and after so many seconds; `null` where nobody can tell. */
function farAlong(
  { start, end, seconds }: Goal,
  position: number,
  secondsPassed: number,
): { readonly done: number | null; readonly secondsLeft: number | null } {
  if (seconds === null && end === FAR_AWAY) return { done: null, secondsLeft: null };
  const byTime = seconds === null ? 0 : secondsPassed / seconds;
  const byPosition = end === FAR_AWAY ? 0 : (position - start) / (end - start);
  const done = Math.min(1, Math.max(byTime, byPosition));
  const secondsLeft = done === 0 ? null : secondsToGo(done, secondsPassed, seconds ?? Infinity);
  return { done, secondsLeft };
}

/** What is said where something is asked for that only files, or nobody, can do. */
interface Refusals {
  /** Names of options that mean nothing there. */
  readonly ofFiles: ReadonlySet<string>;
  /** Where facts go instead: `a stream`. */
  readonly place: string;
  /** Why such an option is refused, behind "is for files, and". */
  readonly why: string;
  /** Of an input that is a stream. */
  readonly fromStream: string;
}

/** Throws an `InputError` for what is asked of files where facts go past them. */
export function refuseWhatIsOfFiles(
  { sink, input }: RunOptions,
  command: Command,
  { ofFiles, place, why, fromStream }: Refusals,
): void {
  refuseTyped(command, ofFiles, `is for files, and ${why}`);
  if (sink?.slowing !== NOT_SLOWED) {
    throw new InputError(`${place} is not held back: leave throttle and latency out.`);
  }
  if (input !== undefined && isStreamUrl(input)) throw new InputError(fromStream);
  if (input === STDIN) {
    throw new InputError(
      `standard input cannot be read again, so nobody could tell what of it ${place} has: put it into a file.`,
    );
  }
}
