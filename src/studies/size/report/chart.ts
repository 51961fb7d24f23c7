import type { Chart, Line } from "../../../report/chart/chart.js";
import { choiceName } from "../../../report/names.js";
import { loadCurve, MAX_LOAD } from "../model/curve.js";
import type { MachineSizing, SizingTerms } from "../model/sizing.js";

/** How many machines each codec takes as the load grows a thousandfold. */
export function sizingChart({ machine, rows }: MachineSizing, { load, spare }: SizingTerms): Chart {
  return {
    title: `Machines (${machine.name}) for ${load.name}, 1 to ${MAX_LOAD} times as much`,
    x: { label: "times the load", scale: "log" },
    y: { label: "machines", scale: "log" },
    lines: rows.map((row) => ({ name: choiceName(row), points: loadCurve(row.size, spare) })),
    marks: [],
  };
}

/** The same with lines that cover each other made one, for a screen on which only one would show. */
export function withoutCovered(chart: Chart): Chart {
  const lines = new Map<string, Line>();
  for (const { name, points } of chart.lines) {
    const course = JSON.stringify(points);
    const other = lines.get(course);
    lines.set(course, { name: other === undefined ? name : `${other.name}, ${name}`, points });
  }
  return { ...chart, lines: [...lines.values()] };
}
