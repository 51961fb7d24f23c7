import pc from "picocolors";
import { drawable, extent, ticks, tickText, type Axis, type Chart } from "./chart.js";
import { grid } from "./grid.js";

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

  const rows = grid({
    ...{ width, height },
    lines: lines.map((points, index) => ({
      sign: letterOf(index),
      points: points.map(([a, b]) => [share(x, a, left, right), share(y, b, low, high)]),
    })),
    marks: chart.marks.map((mark) => share(x, mark.x, left, right)),
    across: ticks(left, right, chart.x.scale, MAX_TICKS).map((value) => ({
      at: share(x, value, left, right),
      text: tickText(value),
    })),
    up: ticks(low, high, chart.y.scale, MAX_TICKS).map((value) => ({
      at: share(y, value, low, high),
      text: tickText(value),
    })),
  });
  const legend = chart.lines
    .filter((candidate) => drawable(candidate, chart).length > 0)
    .map(({ name }, index) => `  ${painted(paint, index, letterOf(index))} ${name}`);
  const marks = chart.marks.map(({ label }) => `  ┃ ${label}`);
  return [
    paint.bold(chart.title),
    paint.dim(chart.y.label),
    ...rows,
    paint.dim(chart.x.label.padStart(rows[0]?.length ?? 0)),
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

/** How values are spaced on an axis. */
function placeOn({ scale }: Axis): (value: number) => number {
  return scale === "log" ? Math.log10 : (value) => value;
}

/** Where a value stands between two others, from 0 to 1; in the middle where they are one. */
function share(place: (value: number) => number, value: number, from: number, to: number): number {
  const room = place(to) - place(from);
  return room === 0 ? 0.5 : (place(value) - place(from)) / room;
}
