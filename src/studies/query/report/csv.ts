import { stringify } from "csv-stringify/sync";
import { forCsv } from "../../../core/foreign-text.js";
import type { QueryDocument } from "../document.js";
import { QUESTIONS } from "../model/questions.js";

/** A line for each way and question, exact figures, units in the heads. */
export function queryCsv(given: QueryDocument): string {
  const { ways, facts } = forCsv(given);
  const lines = ways.flatMap((way) =>
    QUESTIONS.map(({ key }) => ({
      way: way.name,
      server: way.server,
      question: key,
      status: way.status,
      reason: way.reason,
      facts,
      answersPerSecond: way[key]?.median,
      answersPerSecondLow: way[key]?.low,
      answersPerSecondHigh: way[key]?.high,
      loadSeconds: way.load?.seconds,
      storedBytes: way.load?.storedBytes,
      peakMemoryBytes: way.peakMemoryBytes,
      trials: way.trials.length,
    })),
  );
  return stringify(lines, { header: true });
}
