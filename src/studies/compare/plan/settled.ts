import type { ScenarioResult } from "../../../trial/result.js";
import { dominatedRows } from "../report/pareto.js";
import { rowsOf } from "../report/rows.js";

/**
 * Which scenarios need no further trials, once they have intervals: those of rows that nobody needs, because another
 * one takes no more bytes and is faster beyond doubt, and those beside what rows lead with, which are writing, and
 * reading by the first engine. json goes on, for all are compared with it.
 */
export function settled(scenarios: readonly ScenarioResult[]): boolean[] {
  const rows = rowsOf({ scenarios: [...scenarios], configuration: { compressors: [] } });
  const dominated = dominatedRows(rows);
  const needed = new Set(
    rows
      .filter((row) => row.codec === "json" || !dominated.has(row))
      .flatMap(({ scenarios: { write, read } }) => [write, read]),
  );
  return scenarios.map((scenario) => !needed.has(scenario));
}
