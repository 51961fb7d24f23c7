/** From what processes counted to figures of a slice. */
import type { VerdictRound } from "../../document.js";
import type { Sampled } from "../connections/sampler-process.js";
import type { SliceCounts } from "./messages.js";

/** What all processes did together. */
export function sliceOf(counts: readonly SliceCounts[]): VerdictRound["base"] {
  const wallSeconds = Math.max(...counts.map((one) => one.wallSeconds));
  const cores = (value: (one: SliceCounts) => number | null) =>
    counts.some((one) => value(one) === null)
      ? null
      : counts.reduce((sum, one) => sum + (value(one) ?? 0), 0) / wallSeconds;
  return {
    rate: Math.max(cores(({ groups }) => groups) ?? 0, Number.EPSILON),
    wallSeconds,
    clientCores: cores(({ clientCpuSeconds }) => clientCpuSeconds) ?? 0,
    serverCores: cores(({ serverCpuSeconds }) => serverCpuSeconds),
    waitingCores: cores(({ runQueueSeconds }) => runQueueSeconds),
  };
}

/** Looks as shares of what was seen. */
export function looksAs(seen: Sampled): VerdictRound["looks"] {
  const all = Object.values(seen).reduce((sum, count) => sum + count, 0);
  return Object.entries(seen)
    .map(([what, count]) => ({ what, share: count / all }))
    .toSorted((a, b) => b.share - a.share);
}
