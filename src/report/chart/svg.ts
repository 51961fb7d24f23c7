import * as Plot from "@observablehq/plot";
import { drawable, extent, ticks, tickText, type Chart } from "./chart.js";
import { legend } from "./legend.js";
import { colorOf, dashOf, HUES } from "./colors.js";
import {
  apart,
  DEFAULT_WIDTH,
  drawSvg,
  LABELLED_BASE,
  ROOMY_WIDTH,
  type SvgChartOptions,
} from "./frame.js";

const HEIGHT = 460;
const MARGINS = { marginLeft: 64, marginTop: 44, marginBottom: 44 };
const MAX_TICKS = 8;
const LABEL_HEIGHT = 14;
/** Above a legend, for what the vertical axis measures. */
const LABEL_ROOM = 28;

/** A line as it is painted. */
interface Painted {
  readonly name: string;
  readonly color: string;
  readonly dash: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Draws lines as an SVG that fits light and dark pages. */
export function chartSvg(chart: Chart, options: SvgChartOptions = {}): string {
  const { width = DEFAULT_WIDTH, height = HEIGHT } = options;
  const roomy = width >= ROOMY_WIDTH;
  const lines = chart.lines.map((line, index): Painted => ({
    name: line.name,
    color: colorOf(line.hue ?? index),
    dash: dashOf(line.kind ?? Math.floor(index / HUES)),
    points: drawable(line, chart).map(([x, y]) => ({ x, y })),
  }));
  const named = lines.filter(({ name }) => name !== "");
  const points = lines.flatMap((line) => line.points);
  const [low, high] = extent(points.map(({ y }) => y));
  const [left, right] = extent(points.map(({ x }) => x));
  const longest = Math.max(0, ...lines.map(({ name }) => name.length));
  const above = legend(
    named.map(({ name, color }) => ({ text: name, color })),
    width,
    MARGINS.marginLeft,
    MARGINS.marginTop - 20,
  );
  return drawSvg(
    chart.title,
    {
      width,
      height: height + (roomy ? 0 : above.height + LABEL_ROOM),
      ...MARGINS,
      // Names stand at the ends of their lines where there is room, and else above.
      marginRight: roomy ? longest * 6.5 + 26 : 16,
      marginTop: roomy ? MARGINS.marginTop : above.height + LABEL_ROOM,
      x: {
        type: chart.x.scale,
        ...(chart.x.scale === "log" && { base: LABELLED_BASE }),
        label: chart.x.label,
        labelArrow: "none",
        labelAnchor: "center",
        ticks: ticks(left, right, chart.x.scale, roomy ? MAX_TICKS : 5),
        tickFormat: tickText,
        grid: true,
      },
      y: {
        type: chart.y.scale,
        ...(chart.y.scale === "log" && { base: LABELLED_BASE }),
        label: chart.y.label,
        labelArrow: "none",
        ticks: ticks(low, high, chart.y.scale, MAX_TICKS),
        tickFormat: tickText,
        grid: true,
      },
      marks: [
        Plot.ruleX(chart.marks, { x: "x", strokeDasharray: "4 3", strokeOpacity: 0.7 }),
        Plot.text(chart.marks, {
          x: "x",
          text: "label",
          frameAnchor: "top",
          dy: -14,
          ...(!roomy && { textAnchor: "end" as const, dx: 4 }),
        }),
        ...lines.map(({ name, points: data, color, dash }) =>
          Plot.line(data, {
            x: "x",
            y: "y",
            strokeWidth: 2,
            strokeDasharray: dash,
            stroke: color,
            className: "line",
            title: () => name,
          }),
        ),
        ...(chart.dots ?? []).map(({ x, y, hue, isHollow, isCross, hover }) =>
          Plot.dot([{ x, y }], {
            x: "x",
            y: "y",
            r: isHollow ? 4 : 5,
            symbol: isCross === true ? "times" : "circle",
            fill: isHollow ? "var(--ground, white)" : colorOf(hue),
            stroke: colorOf(hue),
            strokeWidth: 2,
            title: () => hover,
            className: "point",
          }),
        ),
        ...(roomy ? [] : above.marks),
        ...(roomy
          ? lineLabels(lines, chart, height - MARGINS.marginTop - MARGINS.marginBottom)
          : []
        ).flatMap(({ name, color, x, y, dy }) => [
          Plot.dot([{ x, y }], { x: "x", y: "y", dx: 10, dy, r: 4, fill: color }),
          Plot.text([{ x, y }], {
            x: "x",
            y: "y",
            text: () => name,
            textAnchor: "start",
            dx: 18,
            dy,
            fill: "currentColor",
            stroke: "var(--ground, transparent)",
            strokeWidth: 4,
          }),
        ]),
      ],
    },
    options,
    { "g.line": chart.lines.map(({ codec }) => codec) },
  );
}

/** Names at the right ends of lines, moved apart where they would cover each other. */
function lineLabels(lines: readonly Painted[], chart: Chart, height: number) {
  const place = chart.y.scale === "log" ? Math.log10 : (value: number) => value;
  const [low, high] = extent(lines.flatMap(({ points }) => points.map(({ y }) => place(y))));
  const ends = lines
    .flatMap(({ name, color, points }) => {
      const last = points.at(-1);
      return last === undefined || name === "" ? [] : [{ name, color, ...last }];
    })
    .toSorted((a, b) => b.y - a.y);
  const wanted = ends.map(({ y }) => ((high - place(y)) / (high - low || 1)) * height);
  const places = apart(wanted, LABEL_HEIGHT);
  return ends.map((label, index) => ({
    ...label,
    dy: (places[index] ?? 0) - (wanted[index] ?? 0),
  }));
}
