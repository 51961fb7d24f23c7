import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { ResultDocument } from "../document.js";
import type { TrialResult } from "../../../trial/result.js";

/** Every trial of a comparison as CSV, with its raw figures and counters; units in the heads. */
export function trialsCsv(given: ResultDocument): string {
  const { scenarios } = forCsv(given);
  const hasRuntimes = scenarios.some(({ runtime }) => runtime !== undefined);
  const lines = scenarios.flatMap(({ codec, runtime, compressor, engine, direction, trials }) =>
    trials.map((trial) => ({
      ...{ codec, ...(hasRuntimes && { runtime }), compressor, engine, direction },
      ...plainFigures(trial),
      samples: trial.samples.length,
      ...trial.counters,
      sourceFactsPerSecond: trial.ceilings?.source,
      encodeFactsPerSecond: trial.ceilings?.encode,
      codecFactsPerSecond: trial.ceilings?.codec,
      writeFactsPerSecond: trial.ceilings?.write,
    })),
  );
  return stringify(lines, { header: true, cast: { boolean: String } });
}

/** What fits a cell. */
function plainFigures(trial: TrialResult): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(trial).filter(([, value]) => value === null || typeof value !== "object"),
  );
}
