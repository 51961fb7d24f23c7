/** What delays that were put into stages on purpose did to the whole. */
import type { ResultDocument } from "../document.js";
import type { CausalResult } from "../../../verdict/result.js";
import { borderless } from "../../../report/layout.js";
import { runtimeLabel } from "../../../report/names.js";
import { significant } from "../../../report/numbers.js";
import { compressorName } from "../../../report/signs.js";
import { runtimesIn } from "../../../trial/runtimes.js";

/** A slope this near to 1 or 0 is taken for it. */
const NEAR = 0.15;

/** A line for each write and stage: how much of a delay comes through. Empty if none was injected. */
export function causalTable({ scenarios }: ResultDocument): string[] {
  const delayed = scenarios.filter(({ causal }) => causal !== undefined);
  if (delayed.length === 0) return [];
  const runtimes = runtimesIn(delayed);
  const ofRuntime = (cell: string) => (runtimes.length === 0 ? [] : [cell]);
  const table = borderless({
    colAligns: [
      ...Array.from({ length: 3 + ofRuntime("").length }, () => "left" as const),
      ...Array.from({ length: 3 }, () => "right" as const),
      "left",
    ],
  });
  table.push(
    ["what a delay does", "", ...ofRuntime(""), "", "slope", "", "hidden", ""],
    [
      ...["codec", "compress", ...ofRuntime("runtime"), "stage"],
      ...["s per s", "95 %", "µs/fact", "which means"],
    ],
  );
  for (const { codec, compressor, runtime = "", causal } of delayed) {
    for (const effect of causal ?? []) {
      const { stage, slope, slackSeconds } = effect;
      table.push([
        codec,
        compressorName(compressor),
        ...ofRuntime(runtimeLabel(runtime, runtimes)),
        stage,
        slope.median.toFixed(2),
        slope.high === null || slope.low === null
          ? ""
          : `${slope.low.toFixed(2)} to ${slope.high.toFixed(2)}`,
        significant(slackSeconds * 1e6),
        meaningOf(effect),
      ]);
    }
  }
  return table.toString().split("\n");
}

/** What a slope means for the stage. */
export function meaningOf({ slope, stage }: CausalResult): string {
  if (Math.abs(slope.median - 1) <= NEAR) return `critical: a slower ${stage} slows everything`;
  if (Math.abs(slope.median) <= NEAR) return `hidden: ${stage} may be slower at no cost`;
  return "critical beyond what is hidden";
}
