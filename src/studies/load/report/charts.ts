/** Rows a second against rows, both logarithmic. */
import type { Chart } from "../../../report/chart/chart.js";
import type { StackChart } from "../../../report/chart/stack.js";
import { percent } from "../../../report/numbers.js";
import type { LoadComparison, LoadVerdictStudy } from "../document.js";
import { rateOf } from "./findings.js";
import { documentsAs, isLookUp } from "./words.js";

/** Lines of methods; where one timed out, a cross on the level that it would have needed. */
export function ratesChart(comparison: LoadComparison, server: string): Chart {
  const { methods, cells, timeoutSeconds } = comparison;
  const lines = methods.flatMap(({ name }, hue) => {
    const points = cells
      .filter((cell) => cell.method === name && cell.status === "ok")
      .map((cell) => [cell.rows, rateOf(cell)] as const);
    return points.length === 0 ? [] : [{ name, hue, points }];
  });
  const dots = methods.flatMap(({ name }, hue) => {
    const late = cells.find((cell) => cell.method === name && cell.status === "timeout");
    if (late === undefined) return [];
    const hover = `${name}: ${late.rows} rows took more than ${timeoutSeconds} s`;
    return [
      { x: late.rows, y: late.rows / timeoutSeconds, hue, isHollow: true, isCross: true, hover },
    ];
  });
  return {
    title: `Rows a second ${isLookUp(comparison) ? "out of" : "into"} ${server}, ${comparison.table}${documentsAs(comparison)}`,
    x: { label: "rows", scale: "log" },
    y: { label: "rows/s", scale: "log" },
    lines,
    marks: [],
    dots,
  };
}

/** Where the time of a group of rows goes; `undefined` where that is not known of any. */
export function sharesChart(verdicts: readonly LoadVerdictStudy[]): StackChart | undefined {
  const known = verdicts.filter(({ shares }) => shares.length > 0);
  if (known.length === 0) return undefined;
  const parts = [...new Set(known.flatMap(({ shares }) => shares.map(({ part }) => part)))];
  return {
    title: "Where the time of a group of rows goes: the largest part binds",
    label: "% of the time",
    parts,
    bars: known.map(({ method, connections, shares }) => ({
      name: `${method}, ${connections} conn.`,
      values: parts.map((part) => 100 * (shares.find((one) => one.part === part)?.share ?? 0)),
      mark: null,
      hover: shares.map(({ part, share }) => `${part} ${percent(share)} %`).join(", "),
    })),
    markLabel: null,
  };
}
