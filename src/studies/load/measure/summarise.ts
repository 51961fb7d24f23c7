/** From trials to the figures of a cell. */
import { storedInterval } from "../../../results/schema.js";
import { medianInterval } from "../../../stats/median-interval.js";
import type { LoadCell, LoadTrial } from "../document.js";
import type { CellState } from "./schedule.js";

/** A cell as a document has it. A time-out in any round is a time-out: its rate is not to be relied on. */
export function summarised({ method, rows, trials, problem }: CellState): LoadCell {
  const base = { method, rows, trials };
  const none = {
    rowsPerSecond: null,
    clientCpuSeconds: null,
    serverCpuSeconds: null,
    storedBytesPerRow: null,
    peakMemoryBytes: null,
  };
  if (problem !== undefined) return { ...base, ...problem, ...none };
  if (trials.length === 0) {
    const reason = "stopped before its first trial";
    return { ...base, status: "not-measured", reason, ...none };
  }
  const perMillion = (seconds: (trial: LoadTrial) => number) =>
    (trials.reduce((sum, trial) => sum + seconds(trial), 0) * 1e6) /
    trials.reduce((sum, { loads }) => sum + loads * rows, 0);
  const isServerKnown = trials.every(({ serverCpuSeconds }) => serverCpuSeconds !== null);
  return {
    ...base,
    status: "ok",
    reason: null,
    rowsPerSecond: storedInterval(
      medianInterval(trials.map(({ loads, wallSeconds }) => (loads * rows) / wallSeconds)),
    ),
    clientCpuSeconds: perMillion(({ clientCpuSeconds }) => clientCpuSeconds),
    serverCpuSeconds: isServerKnown
      ? perMillion(({ serverCpuSeconds }) => serverCpuSeconds ?? 0)
      : null,
    storedBytesPerRow: Math.max(...trials.map(({ storedBytes }) => storedBytes)) / rows,
    peakMemoryBytes: Math.max(...trials.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  };
}
