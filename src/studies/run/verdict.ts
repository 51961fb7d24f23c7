import { mean } from "simple-statistics";
import type { RunOutcome } from "../../pipeline/run/outcome.js";
import type { Run } from "../../pipeline/run/plan.js";
import type { ProbeRound } from "../../pipeline/run/crew/probe-rounds.js";
import type { Verdict } from "../../verdict/result.js";
import { MIN_FOR_INTERVAL } from "../../stats/median-interval.js";
import type { KernelCounters } from "../../verdict/corroborate.js";
import { judge } from "../../verdict/judge.js";
import { clockTickSeconds } from "../../trial/clock.js";
import { usableCores } from "../../machine/environment.js";

/** What bound a run whose parts were measured now and then while it went on. */
export function runVerdict({ plan, workers }: Run, outcome: RunOutcome): Verdict {
  const { rounds } = outcome;
  const slices = rounds.flatMap((round) => round.slices);
  const total = (value: (slice: (typeof slices)[number]) => number) =>
    slices.reduce((sum, slice) => sum + value(slice), 0);
  const facts = total((slice) => slice.facts);
  const cores = usableCores();
  const perBatch = rounds.map(({ factsPerBatch }) => factsPerBatch).filter((n) => n !== null);
  return judge({
    rounds: rounds.map((round) => ({
      ...documentRound(round),
      counters: countersOf(round, cores),
    })),
    workers,
    storedBytesPerFact: facts === 0 ? 0 : total((slice) => slice.storedBytes) / facts,
    factsPerBatch: perBatch.length === 0 ? 1 : mean(perBatch),
    toDisk: plan.folder !== null,
    oneReader: plan.source.kind === "stream",
    syncsAtClose: plan.folder !== null && plan.sync === "close",
    clockSeconds: clockTickSeconds(),
    shortestSeconds: Math.min(...slices.map(({ seconds }) => seconds)),
    caveats:
      rounds.length < MIN_FOR_INTERVAL
        ? ["the run was too short to measure its parts: give it more facts, or --duration 20s"]
        : [],
  });
}

/** The rates of a round, by the names that documents have for them. */
export function documentRound(round: ProbeRound) {
  const { source, encodeAndCompress, encode, write, wideWrite, pipeline } = round;
  return {
    ...{ source: source, encode, codec: encodeAndCompress },
    ...{ write: write, wideWrite: wideWrite, pipeline },
  };
}

function countersOf(
  { slices, othersSeconds, windowSeconds }: ProbeRound,
  cores: number,
): KernelCounters {
  const total = (value: (slice: ProbeRound["slices"][number]) => number | null) =>
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
    othersCores: othersSeconds === null ? null : othersSeconds / windowSeconds,
    stolenSeconds: longest?.counters.stolenSeconds ?? null,
    cores,
    ioPressureSeconds: longest?.counters.ioPressureSeconds ?? null,
    blockWrittenBytes: total(({ counters }) => counters.blockWrittenBytes),
    facts: slices.reduce((sum, slice) => sum + slice.facts, 0),
  };
}
