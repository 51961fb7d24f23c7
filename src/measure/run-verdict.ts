import type { RunOutcome } from "../pipeline/run/coordinator.js";
import type { StudyRound } from "../pipeline/run/study.js";
import type { Verdict } from "../results/verdict.js";
import type { KernelCounters } from "../verdict/corroborate.js";
import { judge } from "../verdict/judge.js";
import { clockTickSeconds } from "./clock.js";

/** What bound a run whose parts were measured now and then while it went on. */
export function runVerdict(
  { rounds, facts, storedBytes, ended }: RunOutcome,
  workers: number,
): Verdict {
  const perBatch = rounds.map(({ factsPerBatch }) => factsPerBatch).filter((n) => n !== null);
  return judge({
    rounds: rounds.map((round) => ({ ...round, counters: countersOf(round) })),
    workers,
    storedBytesPerFact: facts === 0 ? 0 : storedBytes / facts,
    factsPerBatch: perBatch.length === 0 ? 1 : average(perBatch),
    clockSeconds: clockTickSeconds(),
    shortestSeconds: Math.min(
      ...rounds.flatMap(({ slices }) => slices.map(({ seconds }) => seconds)),
    ),
    caveats:
      ended !== "duration" && rounds.length < 5
        ? ["the run was short: --duration 30s gives it time"]
        : [],
  });
}

function countersOf({ slices }: StudyRound): KernelCounters {
  const total = (value: (slice: StudyRound["slices"][number]) => number | null) =>
    slices.some((slice) => value(slice) === null)
      ? null
      : slices.reduce((sum, slice) => sum + (value(slice) ?? 0), 0);
  // What the machine as a whole counts is the same for all of them.
  const longest = slices.toSorted((a, b) => b.seconds - a.seconds)[0];
  return {
    processes: slices.length,
    wallSeconds: longest?.seconds ?? 0,
    cpuSeconds: total(({ counters }) => counters.userSeconds + counters.systemSeconds) ?? 0,
    garbageCollectionSeconds: total(({ counters }) => counters.garbageCollectionSeconds) ?? 0,
    runQueueSeconds: total(({ counters }) => counters.runQueueSeconds),
    machineSeconds: longest?.counters.machineSeconds ?? null,
    withheldSeconds: longest?.counters.withheldSeconds ?? null,
    ioPressureSeconds: longest?.counters.ioPressureSeconds ?? null,
    blockWrittenBytes: total(({ counters }) => counters.blockWrittenBytes),
    facts: slices.reduce((sum, slice) => sum + slice.facts, 0),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
