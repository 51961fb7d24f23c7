import pc from "picocolors";
import { plot } from "simple-ascii-chart";
import { drawable, ticks, tickText, type Axis, type Chart } from "./chart.js";

export interface TextChartOptions {
  readonly colors: boolean;
  /** Columns and lines of the drawing, without its labels. */
  readonly width?: number;
  readonly height?: number;
}

const WIDTH = 78;
const HEIGHT = 18;
const MAX_TICKS = 8;
/** One letter for each line, so that lines can be told apart without colours. */
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const PAINTS = ["cyan", "yellow", "green", "magenta", "blue", "red"] as const;

/** Draws a chart for a terminal: a letter for each line, and below it what the letters mean. */
export function chartText(chart: Chart, options: TextChartOptions): string {
  const { width = WIDTH, height = HEIGHT } = options;
  const paint = pc.createColors(options.colors);
  const lines = chart.lines.map((line) => drawable(line, chart)).filter(({ length }) => length > 0);
  if (lines.length === 0) return `${chart.title}: there is nothing to draw.`;
  const x = placeOn(chart.x);
  const y = placeOn(chart.y);
  const [left, right] = extent(lines.flat().map(([value]) => value));
  const [low, high] = extent(lines.flat().map(([, value]) => value));

  let line = -1;
  const drawing = plot(
    lines.map((points) =>
      dense(
        points.map(([a, b]) => [x.place(a), y.place(b)]),
        width * 2,
      ),
    ),
    {
      width,
      height,
      customXAxisTicks: ticks(left, right, chart.x.scale, MAX_TICKS).map(x.place),
      customYAxisTicks: ticks(low, high, chart.y.scale, MAX_TICKS).map(y.place),
      formatter: (place, { axis }) => tickText((axis === "x" ? x : y).value(place)),
      thresholds: chart.marks.map((mark) => ({ x: x.place(mark.x) })),
      lineFormatter: ({ plotX, plotY, index }) => {
        // The library tells the point's number only: each line begins with the first again.
        if (index === 0) line += 1;
        return { x: plotX, y: plotY, symbol: letterOf(line) };
      },
    },
  );
  const legend = chart.lines
    .filter((candidate) => drawable(candidate, chart).length > 0)
    .map(({ name }, index) => `  ${painted(paint, index, letterOf(index))} ${name}`);
  const marks = chart.marks.map(({ label }) => `  ┃ ${label}`);
  return [
    paint.bold(chart.title),
    paint.dim(chart.y.label),
    ...drawing.split("\n").filter((row) => row.trim() !== ""),
    paint.dim(chart.x.label.padStart(width + 6)),
    ...legend,
    ...marks,
  ]
    .map((row) => row.trimEnd())
    .join("\n");
}

function letterOf(line: number): string {
  return LETTERS.charAt(line % LETTERS.length);
}

function painted(paint: ReturnType<typeof pc.createColors>, line: number, text: string): string {
  return paint[PAINTS[line % PAINTS.length] ?? "cyan"](text);
}

/** Where values stand on an axis, and back. */
function placeOn({ scale }: Axis) {
  return scale === "log"
    ? { place: Math.log10, value: (place: number) => 10 ** place }
    : { place: (value: number) => value, value: (place: number) => place };
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** The same line with points between its points, so that it has no gaps when it is drawn. */
function dense(points: readonly (readonly [number, number])[], steps: number): [number, number][] {
  const [left, right] = extent(points.map(([x]) => x));
  let next = 1;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const x = left + ((right - left) * step) / steps;
    while (next < points.length - 1 && (points[next]?.[0] ?? x) < x) next += 1;
    const [x1, y1] = points[next - 1] ?? [x, 0];
    const [x2, y2] = points[next] ?? [x1, y1];
    return [x, x2 === x1 ? y1 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1)];
  });
}
