/** What has no noise and is gated tightly: bytes, and allocations where they are stable. Pure. */
import { median } from "simple-statistics";
import type { GatePair } from "../document.js";
import { ALLOCATION_MARGIN, ALLOCATION_SPREAD, BYTES_MARGIN } from "./rules.js";

export interface ExactCounters {
  readonly encodedBytesPerFact: { readonly baseline: number; readonly candidate: number };
  /** `null` where they are not stable enough to be gated. */
  readonly allocatedBytesPerFact: { readonly baseline: number; readonly candidate: number } | null;
  /** What grew too much, in words; `null` if nothing did. */
  readonly failure: string | null;
}

/** The exact counters of one cell from its pairs; at least one. */
export function exactCounters(pairs: readonly GatePair[]): ExactCounters {
  const [first] = pairs;
  if (first === undefined) throw new Error("a cell without pairs has no counters");
  const encodedBytesPerFact = {
    baseline: first.baseline.encodedBytesPerFact,
    candidate: first.candidate.encodedBytesPerFact,
  };
  const baseline = stable(pairs.map((pair) => pair.baseline.allocatedBytesPerFact));
  const candidate = stable(pairs.map((pair) => pair.candidate.allocatedBytesPerFact));
  const allocatedBytesPerFact =
    baseline === null || candidate === null ? null : { baseline, candidate };
  const failure =
    grown("bytes", encodedBytesPerFact, BYTES_MARGIN) ??
    grown("allocated bytes", allocatedBytesPerFact, ALLOCATION_MARGIN);
  return { encodedBytesPerFact, allocatedBytesPerFact, failure };
}

function grown(
  what: string,
  counted: { readonly baseline: number; readonly candidate: number } | null,
  margin: number,
): string | null {
  if (counted === null || counted.candidate <= counted.baseline * (1 + margin)) return null;
  // A number again: 160, and not 1.6e+2.
  const share = Number((100 * (counted.candidate / counted.baseline - 1)).toPrecision(2));
  return `${share} % more ${what} per fact`;
}

/** The median, if all values lie close together. */
function stable(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length || known.length < 3) return null;
  const middle = median(known);
  const spread = Math.max(...known) - Math.min(...known);
  return spread <= ALLOCATION_SPREAD * middle ? middle : null;
}
