import type { Draw } from "../../../report/chart/frame.js";
import { chartSvg } from "../../../report/chart/svg.js";
import type { SizingDocument } from "../document.js";
import { loadCurve, MAX_LOAD } from "../model/curve.js";
import type { MachineSizing, SizingTerms } from "../model/sizing.js";
import { barsSvg, NO_INTERVAL, type Bar, type BarChart } from "../../../report/chart/bars.js";
import { significant } from "../../../report/numbers.js";
import { usdPerMonth, type CheapestWays, type Way } from "../model/cheapest.js";
import type { Chart, Line } from "../../../report/chart/chart.js";
import { choiceName } from "../../../report/names.js";

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

/** What the cheapest ways cost a month, and other machines for the first of them. */
export function cheapestChart({ ways, runnersUp }: CheapestWays): BarChart {
  const bar = (way: Way, hue: number): Bar => {
    const value = usdPerMonth(way);
    const name = `${choiceName(way.row)} on ${way.row.size.whole} × ${way.machine.name}`;
    const text = `$${significant(value)}`;
    return { name, codec: way.row.codec, hue, value, ...NO_INTERVAL, text, hover: text };
  };
  return {
    title: "The cheapest ways, dollars a month: shorter is cheaper",
    label: "$ a month",
    groups: [
      { name: "the cheapest machine of each codec", bars: ways.map((way) => bar(way, 0)) },
      ...(runnersUp.length === 0
        ? []
        : [{ name: "other machines for the first", bars: runnersUp.map((way) => bar(way, 1)) }]),
    ],
  };
}

/** The chart of each machine by the machine's name, and the one of the cheapest ways. */
export function sizingDrawings({
  machines,
  terms,
  cheapest,
}: SizingDocument): ReadonlyMap<string, Draw> {
  const drawings = new Map<string, Draw>(
    machines.map((sizing) => [
      sizing.machine.name,
      (options) => chartSvg(sizingChart(sizing, terms), options),
    ]),
  );
  if (cheapest !== null) {
    drawings.set("cheapest", (options) => barsSvg(cheapestChart(cheapest), options));
  }
  return drawings;
}
