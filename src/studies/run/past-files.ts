/** What facts that go past files, into a store or a stream, have in common. */
import { secondsToGo } from "../../terminal/progress.js";
import type { FactsAsked } from "./from-stream.js";

/** More than any source has. */
export const FAR_AWAY = Number.MAX_SAFE_INTEGER;

/** One reader takes all of it, in order. */
export function readOnce(source: FactsAsked["source"]): FactsAsked["source"] {
  return source.kind === "pipe" ? { ...source, kind: "stream" } : source;
}

/** Positions that are asked for, of which `FAR_AWAY` is no end that is known, and in how many seconds at most. */
interface Goal {
  readonly start: number;
  readonly end: number;
  readonly seconds: number | null;
}

/** How far it is at a position, and after so many seconds; `null` where nobody can tell. */
export function farAlong(
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
