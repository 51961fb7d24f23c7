import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";

/** What a fact takes encoded, without what keeps it apart from others. */
function unframedBytes(scenario: ScenarioResult): number | undefined {
  const { encodedBytesPerFact: encoded, framingBytesPerFact: framing } = scenario;
  return encoded == null || framing == null ? undefined : encoded - framing;
}

/** A comparison as CSV: a line for each scenario, exact figures, units in the heads. */
export function csvReport(given: ResultDocument): string {
  const { scenarios } = forCsv(given);
  const hasRuntimes = scenarios.some(({ runtime }) => runtime !== undefined);
  const lines = scenarios.map((scenario) => ({
    codec: scenario.codec,
    ...(hasRuntimes && { runtime: scenario.runtime }),
    compressor: scenario.compressor,
    engine: scenario.engine,
    direction: scenario.direction,
    sink: scenario.sink,
    sync: scenario.sync,
    status: scenario.status,
    reason: scenario.reason,
    factsPerSecond: scenario.factsPerSecond?.median,
    factsPerSecondLow: scenario.factsPerSecond?.low,
    factsPerSecondHigh: scenario.factsPerSecond?.high,
    encodedBytesPerFact: scenario.encodedBytesPerFact,
    storedBytesPerFact: scenario.storedBytesPerFact,
    cpuSecondsPerMillionFacts: scenario.cpuSecondsPerMillionFacts,
    coldFactsPerSecond: scenario.coldFactsPerSecond,
    steadyState: scenario.steadyState,
    trials: scenario.trials.length,
    sweepValue: scenario.sweepValue,
    framingBytesPerFact: scenario.framingBytesPerFact,
    unframedBytesPerFact: unframedBytes(scenario),
  }));
  return stringify(lines, { header: true, cast: { boolean: String } });
}
