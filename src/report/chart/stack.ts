/** Bars made of parts, with a mark for the whole, as SVG: where the time goes. */
import * as Plot from "@observablehq/plot";
import { tickText, ticks } from "./chart.js";
import { colorOf } from "./colors.js";
import { DEFAULT_WIDTH, drawSvg, ROOMY_WIDTH, type SvgChartOptions } from "./frame.js";

export interface StackChart {
  readonly title: string;
  /** What the parts measure, with its unit. */
  readonly label: string;
  /** Every part that occurs, in the order in which they follow each other. */
  readonly parts: readonly string[];
  readonly bars: readonly StackBar[];
  /** What the mark means; `null` where no bar has one. */
  readonly markLabel: string | null;
}

export interface StackBar {
  readonly name: string;
  readonly codec?: string;
  /** A value for each part, in the chart's order; 0 where there is none. */
  readonly values: readonly number[];
  readonly mark: number | null;
  readonly hover: string;
}

const ROW_HEIGHT = 26;
const LEGEND_LINE = 20;
const CHARACTER_WIDTH = 6.7;

/** Draws stacked bars from left to right, with what the colours mean above them. */
export function stackSvg(chart: StackChart, options: SvgChartOptions = {}): string {
  const { width = DEFAULT_WIDTH } = options;
  const { title, label, parts, bars, markLabel } = chart;
  const pieces = bars.flatMap(({ name, codec, values, hover }) =>
    values.map((value, index) => {
      const start = values.slice(0, index).reduce((sum, earlier) => sum + earlier, 0);
      return { name, codec, index, start, end: start + value, hover };
    }),
  );
  const most = Math.max(...pieces.map(({ end }) => end), ...bars.map(({ mark }) => mark ?? 0)) || 1;
  const marginLeft = Math.min(
    width / 2.6,
    Math.max(...bars.map(({ name }) => name.length)) * CHARACTER_WIDTH + 14,
  );
  const legend = legendPlaces(
    [...parts, ...(markLabel === null ? [] : [`┃ ${markLabel}`])],
    width - 8,
  );
  const legendHeight = ((legend.at(-1)?.line ?? 0) + 1) * LEGEND_LINE;
  return drawSvg(
    title,
    {
      width,
      height: bars.length * ROW_HEIGHT + legendHeight + 52,
      marginLeft,
      marginRight: 20,
      marginTop: legendHeight + 8,
      marginBottom: 40,
      x: {
        domain: [0, most],
        label,
        labelArrow: "none",
        labelAnchor: "right",
        grid: true,
        ticks: ticks(0, most, "linear", width < ROOMY_WIDTH ? 4 : 8),
        tickFormat: tickText,
      },
      y: { type: "band", domain: bars.map(({ name }) => name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(pieces, {
          x1: "start",
          x2: "end",
          y: "name",
          fill: ({ index }: { index: number }) => colorOf(index),
          title: "hover",
          className: "bar",
        }),
        Plot.tickX(
          bars.filter(({ mark }) => mark !== null),
          { x: "mark", y: "name", strokeWidth: 3, insetTop: -2, insetBottom: -2, title: "hover" },
        ),
        ...legend.flatMap(({ text, x, line }, index) => {
          const place = { dx: x - marginLeft, dy: line * LEGEND_LINE - legendHeight + 2 };
          const isPart = index < parts.length;
          return [
            ...(isPart
              ? [
                  Plot.dot([0], {
                    ...place,
                    frameAnchor: "top-left",
                    symbol: "square",
                    r: 6,
                    dx: place.dx + 6,
                    fill: colorOf(index),
                  }),
                ]
              : []),
            Plot.text([text], {
              ...place,
              frameAnchor: "top-left",
              lineAnchor: "middle",
              dx: place.dx + (isPart ? 18 : 0),
              text: (entry: string) => entry,
            }),
          ];
        }),
      ],
    },
    options,
    { "g.bar > rect": pieces.map(({ codec }) => codec) },
  );
}

/** Where each entry of a legend stands: from left to right, then on the next line. */
function legendPlaces(entries: readonly string[], width: number) {
  let x = 0;
  let line = 0;
  return entries.map((text) => {
    const wide = text.length * CHARACTER_WIDTH + 34;
    if (x > 0 && x + wide > width) {
      x = 0;
      line += 1;
    }
    const place = { text, x, line };
    x += wide;
    return place;
  });
}
