/** Bars of rows a second, bigger is better. */
import { barsSvg, type BarChart } from "../../../report/chart/bars.js";
import type { Draw } from "../../../report/chart/frame.js";
import { short } from "../../../report/numbers.js";
import type { FetchDocument } from "../document.js";
import { groupsOf } from "./rows.js";

const SHAPES = ["array", "object", "class"];

export function ratesChart(document: FetchDocument): BarChart {
  const { rows, columns } = document;
  return {
    title: `Rows a second, fetches of ${rows} rows × ${columns} columns`,
    label: "rows/s, bigger is better",
    groups: groupsOf(document)
      .filter(({ cells }) => cells.length > 0)
      .map(({ driver, cells }) => ({
        name: driver,
        bars: cells.map(({ shape, fetch, rowsPerSecond }) => {
          const { median = 0, low = 0, high = null } = rowsPerSecond ?? {};
          return {
            ...{ name: `${shape}, ${fetch}`, codec: driver, hue: SHAPES.indexOf(shape) },
            ...{ value: median, low, high: high ?? Infinity, text: short(median) },
            hover: `${driver}, ${shape}, ${fetch}: ${short(median)} rows/s`,
          };
        }),
      })),
  };
}

export function fetchDrawings(document: FetchDocument): ReadonlyMap<string, Draw> {
  return new Map([["rates", (options) => barsSvg(ratesChart(document), options)]]);
}
