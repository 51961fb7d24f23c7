import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { drawable, ticks, tickText, type Chart } from "./chart.js";

export interface SvgChartOptions {
  readonly width?: number;
  readonly height?: number;
}

const WIDTH = 860;
const HEIGHT = 460;
const MOST_TICKS = 8;
/** Okabe and Ito's palette, which colour-blind readers can tell apart, without its yellow. */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f"];
/** Where there are more lines than colours, the dashes differ. */
const DASHES = ["none", "6 3", "2 3"];

/** Draws a chart as an SVG that stands alone and fits light and dark pages. */
export function chartSvg(chart: Chart, options: SvgChartOptions = {}): string {
  const { width = WIDTH, height = HEIGHT } = options;
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const lines = chart.lines.map((line, index) => ({
    name: line.name,
    color: COLORS[index % COLORS.length],
    dash: DASHES[Math.floor(index / COLORS.length) % DASHES.length] ?? "none",
    points: drawable(line, chart).map(([x, y]) => ({ x, y })),
  }));
  const points = lines.flatMap((line) => line.points);
  const [low, high] = extent(points.map(({ y }) => y));
  const [left, right] = extent(points.map(({ x }) => x));
  const svg = Plot.plot({
    document,
    width,
    height,
    marginLeft: 64,
    marginRight: 150,
    marginTop: 44,
    marginBottom: 44,
    ariaLabel: chart.title,
    style: { fontSize: "12px", background: "transparent" },
    x: {
      type: chart.x.scale,
      label: chart.x.label,
      ticks: ticks(left, right, chart.x.scale, MOST_TICKS),
      tickFormat: tickText,
      grid: true,
    },
    y: {
      type: chart.y.scale,
      label: chart.y.label,
      ticks: ticks(low, high, chart.y.scale, MOST_TICKS),
      tickFormat: tickText,
      grid: true,
    },
    marks: [
      Plot.ruleX(chart.marks, { x: "x", strokeDasharray: "4 3", strokeOpacity: 0.7 }),
      Plot.text(chart.marks, { x: "x", text: "label", frameAnchor: "top", dy: -14 }),
      ...lines.map(({ points: data, color, dash }) =>
        Plot.line(data, {
          x: "x",
          y: "y",
          strokeWidth: 2,
          strokeDasharray: dash,
          ...(color !== undefined && { stroke: color }),
        }),
      ),
      ...lineLabels(lines, chart, height).map(({ name, color, x, y, dy }) =>
        Plot.text([{ x, y }], {
          x: "x",
          y: "y",
          text: () => name,
          textAnchor: "start",
          dx: 6,
          dy,
          ...(color !== undefined && { fill: color }),
        }),
      ),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = chart.title;
  svg.insertBefore(title, svg.firstChild);
  return `${svg.outerHTML}\n`;
}

const LABEL_HEIGHT = 14;

/** Names at the right ends of lines, moved apart where they would cover each other. */
function lineLabels(
  lines: readonly { name: string; color: string | undefined; points: { x: number; y: number }[] }[],
  chart: Chart,
  height: number,
) {
  const place = chart.y.scale === "log" ? Math.log10 : (value: number) => value;
  const [low, high] = extent(lines.flatMap(({ points }) => points.map(({ y }) => place(y))));
  const pixels = (y: number) => ((high - place(y)) / (high - low || 1)) * (height - 88);
  let below = -Infinity;
  return lines
    .flatMap(({ name, color, points }) => {
      const last = points.at(-1);
      return last === undefined ? [] : [{ name, color, ...last }];
    })
    .toSorted((a, b) => b.y - a.y)
    .map((label) => {
      const natural = pixels(label.y);
      below = Math.max(natural, below + LABEL_HEIGHT);
      return { ...label, dy: below - natural };
    });
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
