import type { ScenarioResult } from "../../../trial/result.js";
import { dominatedRows } from "../report/pareto.js";
import { rowsOf } from "../report/rows.js";

/**
 * Which scenarios need no further trials: those of rows that nobody needs, because another one takes no more bytes
 * and is faster beyond doubt. json goes on, for all are compared with it.
 */
export function settled(scenarios: readonly ScenarioResult[]): boolean[] {
  const rows = rowsOf({ scenarios: [...scenarios], configuration: { compressors: [] } });
  const needless = [...dominatedRows(rows)].filter(({ codec }) => codec !== "json");
  return scenarios.map(({ codec, compressor, runtime }) =>
    needless.some(
      (row) => row.codec === codec && row.compressor === compressor && row.runtime === runtime,
    ),
  );
}
