import { summarise } from "../trial/summarise.js";
import { withVerdicts } from "../studies/compare/verdicts.js";
import type { ResultDocument } from "../studies/compare/document.js";
import type { ScenarioResult } from "../trial/result.js";
import { imaginedDocument } from "./document.js";

const RATES: Readonly<Record<string, number>> = { json: 2500, protobuf: 4000 };
const STORED: Readonly<Record<string, number>> = { none: 40_000, "gzip:6": 6_000 };

/** Bytes per second of the imagined disk: it binds what is not compressed, and nothing else. */
const IMAGINED_DISK = 60e6;

/** A comparison whose writes were judged, and delayed on purpose, as if on an imagined machine. */
export async function judgedDocument(): Promise<ResultDocument> {
  const document = await imaginedDocument({
    rate: ({ codec, compressor }) => (RATES[codec] ?? 1500) / (compressor === "none" ? 1 : 2),
    noise: 0.02,
  });
  const scenarios = document.scenarios.map((scenario) =>
    scenario.direction === "write" && scenario.status === "ok" ? studied(scenario) : scenario,
  );
  return { ...document, scenarios: withVerdicts(scenarios, []).map(delayed) };
}

/** Adds what each part could have done alone. */
function studied(scenario: ScenarioResult): ScenarioResult {
  const storedBytesPerFact = STORED[scenario.compressor] ?? 20_000;
  const trials = scenario.trials.map((trial) => {
    const codec = trial.factsPerSecond * 1.02;
    const write = IMAGINED_DISK / storedBytesPerFact;
    const factsPerSecond = Math.min(codec, write) * 0.99;
    const wallSeconds = trial.facts / factsPerSecond;
    return {
      ...trial,
      storedBytesPerFact,
      factsPerSecond,
      wallSeconds,
      counters: { ...trial.counters, userSeconds: trial.facts / codec, systemSeconds: 0 },
      ceilings: {
        ...{ source: null, encode: null, codec, write, wideWrite: write },
        ...{ factsPerBatch: 26, shortestSeconds: 1 },
      },
    };
  });
  return summarise(scenario, trials, 0.02);
}

function delayed(scenario: ScenarioResult): ScenarioResult {
  if (scenario.verdict === undefined) return scenario;
  const slope = { median: 1.01, low: 0.95, high: 1.08 };
  return { ...scenario, causal: [{ stage: "encode", slope, slackSeconds: 0 }] };
}
