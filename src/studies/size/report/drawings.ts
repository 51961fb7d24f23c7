/** The charts of a sizing as pictures: what draws them is loaded only where one is asked for. */
import { barsSvg, NO_INTERVAL, type Bar, type BarChart } from "../../../report/chart/bars.js";
import type { Draw } from "../../../report/chart/frame.js";
import { chartSvg } from "../../../report/chart/svg.js";
import { choiceName } from "../../../report/names.js";
import { significant } from "../../../report/numbers.js";
import type { SizingDocument } from "../document.js";
import { usdPerMonth, type CheapestWays, type Way } from "../model/cheapest.js";
import { sizingChart } from "./chart.js";

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
