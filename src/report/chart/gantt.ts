/** Who did what when, as SVG: a row for each that can do one thing at a time, a bar for each thing. */
import * as Plot from "@observablehq/plot";
import { colorOf } from "./colors.js";
import { axisFromZero, DEFAULT_WIDTH, drawSvg, type SvgChartOptions } from "./frame.js";
import { rowsFrame } from "./rows.js";

export interface GanttChart {
  readonly title: string;
  /** What the axis measures, with its unit. */
  readonly label: string;
  /** What the colours mean. */
  readonly kinds: readonly string[];
  readonly rows: readonly GanttRow[];
}

interface GanttRow {
  readonly name: string;
  readonly bars: readonly GanttBar[];
}

interface GanttBar {
  readonly from: number;
  readonly to: number;
  /** The number of its kind. */
  readonly kind: number;
  /** Exact figures, for those who point at it. */
  readonly hover: string;
}

const ROW_HEIGHT = 20;
/** What nothing could be seen of is still drawn so wide, as a part of the chart. */
const LEAST_SHARE = 0.001;

export function ganttSvg(
  { title, label, kinds, rows }: GanttChart,
  options: SvgChartOptions = {},
): string {
  const { width = DEFAULT_WIDTH } = options;
  const bars = rows.flatMap((row, index) =>
    row.bars.map((bar) => ({ ...bar, row: String(index) })),
  );
  const end = bars.reduce((most, { to }) => Math.max(most, to), 0) || 1;
  const { frame, legendMarks } = rowsFrame({
    names: rows.map(({ name }) => name),
    legend: kinds.map((text, index) => ({ text, color: colorOf(index) })),
    ...{ width, rowHeight: ROW_HEIGHT, nameRoom: width / 2.5 },
  });
  return drawSvg(
    title,
    {
      ...frame,
      x: axisFromZero(end, label, width),
      y: {
        type: "band",
        domain: rows.map((_, index) => String(index)),
        label: null,
        tickSize: 0,
        tickFormat: (row: string) => rows[Number(row)]?.name ?? "",
        padding: 0.2,
      },
      marks: [
        Plot.barX(bars, {
          x1: "from",
          x2: ({ from, to }: GanttBar) => Math.max(to, from + end * LEAST_SHARE),
          y: "row",
          fill: ({ kind }: GanttBar) => colorOf(kind),
          insetRight: 0.5,
          title: "hover",
        }),
        ...legendMarks,
      ],
    },
    options,
  );
}
