import { stringify } from "csv-stringify/sync";
import type { ResultDocument } from "../results/document.js";

/** Every trial of a comparison as CSV, with its raw figures and counters; units in the heads. */
export function trialsCsv({ scenarios }: ResultDocument): string {
  const lines = scenarios.flatMap(({ codec, compressor, engine, direction, trials }) =>
    trials.map(({ samples, counters, ceilings, injected: _, ...trial }) => ({
      codec,
      compressor,
      engine,
      direction,
      ...trial,
      samples: samples.length,
      ...counters,
      generatorFactsPerSecond: ceilings?.generator,
      encodeFactsPerSecond: ceilings?.encode,
      codecFactsPerSecond: ceilings?.codec,
      sinkFactsPerSecond: ceilings?.sink,
    })),
  );
  return stringify(lines, { header: true, cast: { boolean: String } });
}
