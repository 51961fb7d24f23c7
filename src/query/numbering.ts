/** What facts of a run are called by: their numbers. */
import type { Manifest } from "../pipeline/run/manifest.js";
import type { PartEntry } from "../pipeline/run/plan.js";

/**
 * The number of a part's first fact. A generated fact has its index in the world; any other counts from 0
 * in the order of the input. `null` where nobody knows: a part before it is not there yet.
 */
export function firstNumberOf(part: PartEntry, { plan, parts }: Manifest): number | null {
  if (plan.source.kind === "generator") return part.from;
  let [reached, number] = [plan.start, 0];
  for (const before of parts.toSorted((a, b) => a.from - b.from)) {
    if (before.from >= part.from) break;
    if (before.from > reached) return null;
    reached = before.to;
    number += before.facts;
  }
  return part.from > reached ? null : number;
}

/** The part that has a fact, and its place there; or the nearest thing that can be said. */
export function partWith(
  wanted: number,
  manifest: Manifest,
): { readonly part: PartEntry; readonly place: number } | undefined {
  for (const part of manifest.parts) {
    const first = firstNumberOf(part, manifest);
    if (first === null || wanted < first || wanted >= first + part.facts) continue;
    return { part, place: wanted - first };
  }
  return undefined;
}
