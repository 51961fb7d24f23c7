/** Bars with intervals, in groups, as SVG: bigger is better, or not, as the title says. */
import * as Plot from "@observablehq/plot";
import { colorOf } from "./colors.js";
import { axisFromZero, DEFAULT_WIDTH, drawSvg, type SvgChartOptions } from "./frame.js";
import { CHARACTER_WIDTH } from "./legend.js";
import { roomForNames } from "./rows.js";

export interface BarChart {
  readonly title: string;
  /** What the bars measure, with its unit. */
  readonly label: string;
  readonly groups: readonly BarGroup[];
  /** Characters to leave room for, where several charts are to stand in line. */
  readonly nameLength?: number;
}

interface BarGroup {
  readonly name: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly name: string;
  readonly codec: string;
  /** The number of its colour. */
  readonly hue: number;
  readonly value: number;
  /** The 95 % interval; `high` may be infinite, where it is not known. */
  readonly low: number;
  readonly high: number;
  /** What stands at its end. */
  readonly text: string;
  /** Exact figures, for those who point at it. */
  readonly hover: string;
}

/** Of a bar that is exact, or whose interval is not known. */
export const NO_INTERVAL = { low: 0, high: Infinity } as const;

const ROW_HEIGHT = 24;
const MARGIN_TOP = 8;
const MARGIN_BOTTOM = 40;

/** Whether its interval says anything: too few trials leave all from nothing to the infinite. */
function isKnown({ low, high }: Bar): boolean {
  return low > 0 || Number.isFinite(high);
}

/** Draws bars from left to right, a line for each. */
export function barsSvg(
  { title, label, groups, nameLength }: BarChart,
  options: SvgChartOptions = {},
): string {
  const { width = DEFAULT_WIDTH } = options;
  const rows = groups.flatMap(({ name, bars }, group) => [
    { key: `${group}`, head: name, bar: undefined },
    ...bars.map((bar, index) => ({ key: `${group}.${index}`, head: undefined, bar })),
  ]);
  const bars = rows.flatMap(({ key, bar }) => (bar === undefined ? [] : [{ key, ...bar }]));
  const finite = (high: number, value: number) => (Number.isFinite(high) ? high : value);
  const most = Math.max(0, ...bars.map(({ value, high }) => finite(high, value)));
  // An interval that is far wider than its bar runs off the chart, rather than dwarf every bar.
  const end = Math.min(most, 1.6 * Math.max(0, ...bars.map(({ value }) => value))) || 1;
  const codecs = bars.map(({ codec }) => codec);
  const names = new Map(bars.map(({ key, name }) => [key, name]));
  const longest = Math.max(nameLength ?? 0, ...bars.map(({ name }) => name.length));
  const textWidth = Math.max(0, ...bars.map(({ text }) => text.length)) * CHARACTER_WIDTH + 12;
  return drawSvg(
    title,
    {
      width,
      height: rows.length * ROW_HEIGHT + MARGIN_TOP + MARGIN_BOTTOM,
      marginLeft: roomForNames(longest, width / 1.9),
      marginRight: textWidth,
      marginTop: MARGIN_TOP,
      marginBottom: MARGIN_BOTTOM,
      x: axisFromZero(end, label, width),
      y: {
        type: "band",
        domain: rows.map(({ key }) => key),
        label: null,
        tickSize: 0,
        tickFormat: (key: string) => names.get(key) ?? "",
        padding: 0.28,
      },
      marks: [
        Plot.barX(bars, {
          x1: 0,
          x2: "value",
          y: "key",
          fill: ({ hue }: Bar) => colorOf(hue),
          title: "hover",
          className: "bar",
        }),
        Plot.ruleY(bars.filter(isKnown), {
          x1: "low",
          x2: ({ high, value }: Bar) => Math.min(end, finite(high, value)),
          y: "key",
          strokeWidth: 1.5,
          className: "interval",
        }),
        ...(["low", "high"] as const).map((side) =>
          Plot.tickX(
            bars.filter((bar) => isKnown(bar) && Number.isFinite(bar[side]) && bar[side] <= end),
            { x: side, y: "key", insetTop: 4, insetBottom: 4, strokeWidth: 1.5 },
          ),
        ),
        Plot.text(bars, {
          x: ({ high, value }: Bar) => Math.min(end, finite(high, value)),
          y: "key",
          text: "text",
          textAnchor: "start",
          dx: 8,
          className: "value",
        }),
        Plot.text(
          rows.filter(({ head }) => head !== undefined),
          {
            y: "key",
            text: "head",
            frameAnchor: "left",
            textAnchor: "start",
            fontWeight: "bold",
            dy: 3,
          },
        ),
      ],
    },
    options,
    { "g.bar > rect": codecs, "g.interval > line": codecs, "g.value > text": codecs },
  );
}
