import type { ScenarioResult, TrialResult } from "../../trial/result.js";
import type { Ceilings } from "../../verdict/result.js";
import type { Round } from "../../verdict/evidence.js";
import { othersCores } from "../../verdict/others.js";
import { judge } from "../../verdict/judge.js";
import { paysBelow } from "../../verdict/what-if.js";
import { clockTickSeconds } from "../../trial/clock.js";
import { usableCores } from "../../machine/environment.js";

/** Adds to every write whose trials measured ceilings what binds it, and what would change that. */
export function withVerdicts(
  scenarios: readonly ScenarioResult[],
  caveats: readonly string[],
): ScenarioResult[] {
  const machine = { clockSeconds: clockTickSeconds(), cores: usableCores() };
  const judged = scenarios.map((scenario) => verdictOf(scenario, caveats, machine));
  return judged.map((scenario) => {
    const { verdict } = scenario;
    if (verdict?.whatIf == null) return scenario;
    const others = judged
      .filter((other) => other !== scenario && isComparable(other, scenario))
      .flatMap(({ codec, compressor, verdict: found }) =>
        found === undefined ? [] : [{ codec, compressor, evidence: found.evidence }],
      );
    const whatIf = { ...verdict.whatIf, paysBelow: paysBelow(verdict.evidence, others) };
    return { ...scenario, verdict: { ...verdict, whatIf } };
  });
}

/** Whether two writes differ in nothing but their codecs and compressors. */
function isComparable(a: ScenarioResult, b: ScenarioResult): boolean {
  return a.runtime === b.runtime && a.sweepValue === b.sweepValue;
}

function verdictOf(
  scenario: ScenarioResult,
  caveats: readonly string[],
  { clockSeconds, cores }: { readonly clockSeconds: number; readonly cores: number },
): ScenarioResult {
  const studied = scenario.trials.flatMap((trial) =>
    trial.ceilings === undefined ? [] : [{ trial, ceilings: trial.ceilings }],
  );
  const [first] = studied;
  if (first === undefined) return scenario;
  const verdict = judge({
    rounds: studied.map(({ trial, ceilings }) => roundOf(trial, ceilings, cores)),
    workers: 1,
    storedBytesPerFact: first.trial.storedBytesPerFact,
    factsPerBatch: first.ceilings.factsPerBatch,
    toDisk: scenario.sink === "file",
    oneReader: false,
    syncsAtClose: scenario.sync === "close",
    clockSeconds,
    shortestSeconds: Math.min(...studied.map(({ ceilings }) => ceilings.shortestSeconds)),
    caveats: [...caveats, ...slowSource(studied.map(({ ceilings }) => ceilings))],
  });
  return { ...scenario, verdict };
}

/** A comparison writes from memory: the source is measured beside it, and cannot bind. */
function roundOf(
  { counters, factsPerSecond, wallSeconds, facts }: TrialResult,
  found: Ceilings,
  cores: number,
): Round {
  const { encode, codec, write, wideWrite, writeCpuSecondsPerFact = null } = found;
  return {
    ...{ source: null, encode, codec, write, wideWrite, writeCpuSecondsPerFact },
    pipeline: factsPerSecond,
    counters: {
      processes: 1,
      wallSeconds,
      cpuSeconds: counters.userSeconds + counters.systemSeconds,
      garbageCollectionSeconds: counters.garbageCollectionSeconds,
      runQueueSeconds: counters.runQueueSeconds,
      othersCores: othersCores(counters, wallSeconds),
      stolenSeconds: counters.stolenSeconds ?? null,
      cores,
      ioPressureSeconds: counters.ioPressureSeconds,
      blockWrittenBytes: counters.blockWrittenBytes,
      facts,
    },
  };
}

/** What to know where facts cannot be had as fast as they can be written. */
function slowSource(ceilings: readonly Ceilings[]): string[] {
  const slow = ceilings.filter(
    ({ source, codec, write }) => source !== null && source < Math.min(codec, write ?? codec),
  );
  if (slow.length <= ceilings.length / 2) return [];
  const rate = Math.round(slow[0]?.source ?? 0);
  return [
    `the source alone gives ${rate} facts/s, less than what follows it: here it is outside the clock, ` +
      "in hellfact run it would bind",
  ];
}
