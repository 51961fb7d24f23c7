/** Bars made of parts, with a mark for the whole, as SVG: where the time goes. */
import * as Plot from "@observablehq/plot";
import { colorOf } from "./colors.js";
import { axisFromZero, DEFAULT_WIDTH, drawSvg, type SvgChartOptions } from "./frame.js";
import { rowsFrame } from "./rows.js";

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

interface StackBar {
  readonly name: string;
  readonly codec?: string;
  /** A value for each part, in the chart's order; 0 where there is none. */
  readonly values: readonly number[];
  readonly mark: number | null;
  readonly hover: string;
}

const ROW_HEIGHT = 26;

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
  const most =
    Math.max(0, ...pieces.map(({ end }) => end), ...bars.map(({ mark }) => mark ?? 0)) || 1;
  const { frame, legendMarks } = rowsFrame({
    names: bars.map(({ name }) => name),
    legend: [
      ...parts.map((text, index) => ({ text, color: colorOf(index) })),
      ...(markLabel === null ? [] : [{ text: `┃ ${markLabel}` }]),
    ],
    ...{ width, rowHeight: ROW_HEIGHT, nameRoom: width / 1.9 },
  });
  return drawSvg(
    title,
    {
      ...frame,
      x: axisFromZero(most, label, width),
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
        ...legendMarks,
      ],
    },
    options,
    { "g.bar > rect": pieces.map(({ codec }) => codec) },
  );
}
