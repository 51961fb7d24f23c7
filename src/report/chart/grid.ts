/** Lines in a frame of characters. All places are shares of it, from 0 to 1, from the left and from below. */

export interface Grid {
  /** Columns and rows within the axes. */
  readonly width: number;
  readonly height: number;
  /** Each drawn with its sign, over those before it; points from left to right. */
  readonly lines: readonly { readonly sign: string; readonly points: readonly Point[] }[];
  /** Where vertical lines stand. */
  readonly marks: readonly number[];
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
}

type Point = readonly [x: number, y: number];

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** The rows of a drawing with its axes, all of one length, from the top. */
export function grid({ width, height, lines, marks, across, up }: Grid): string[] {
  const column = (share: number) => Math.round(share * (width - 1));
  const row = (share: number) => Math.round((1 - share) * (height - 1));
  const cells = Array.from({ length: height }, () => Array.from({ length: width }, () => " "));
  const put = (x: number, y: number, sign: string) => {
    const cellsOfRow = cells[y];
    if (cellsOfRow !== undefined && x >= 0 && x < width) cellsOfRow[x] = sign;
  };
  for (const { sign, points } of lines) {
    for (const [x, from, to] of stretches(points, width)) {
      const [top, bottom] = [row(Math.max(from, to)), row(Math.min(from, to))];
      for (let y = top; y <= bottom; y++) put(x, y, sign);
    }
  }
  for (const mark of marks) for (let y = 0; y < height; y++) put(column(mark), y, "┃");

  const margin = Math.max(0, ...up.map(({ text }) => text.length));
  const labels = new Map(up.map(({ at, text }) => [row(at), text]));
  const drawn = cells.map((signs, y) => {
    const label = labels.get(y);
    return `${(label ?? "").padStart(margin)}${label === undefined ? "│" : "┤"}${signs.join("")} `;
  });
  const axis = Array.from({ length: width }, () => "─");
  for (const { at } of across) axis[column(at)] = "┬";
  const indent = " ".repeat(margin);
  return [
    `${indent}▲${" ".repeat(width + 1)}`,
    ...drawn,
    `${indent}└${axis.join("")}▶`,
    `${indent} ${labelsAcross(across, column, width + 1)}`,
  ];
}

/** The columns that a line goes through, each with the heights at which it comes and goes. */
function* stretches(points: readonly Point[], width: number): Generator<[number, number, number]> {
  const [first] = points;
  if (first === undefined) return;
  const last = points.at(-1) ?? first;
  const step = 1 / Math.max(1, width - 1);
  let before = first[1];
  for (let x = Math.round(first[0] / step); x <= Math.round(last[0] / step); x++) {
    const height = heightAt(points, x * step);
    // Half of what is between two columns belongs to each.
    yield [x, (before + height) / 2, (height + heightAt(points, (x + 1) * step)) / 2];
    before = height;
  }
}

/** How high a line is at a place; beyond its ends as high as there. */
function heightAt(points: readonly Point[], x: number): number {
  const next = points.findIndex((point) => point[0] >= x);
  const [x2, y2] = points[next] ?? points.at(-1) ?? [x, 0];
  const [x1, y1] = points[next - 1] ?? [x2, y2];
  return next <= 0 || x2 === x1 ? y2 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
}

/** Labels below their ticks, but for those that have no room beside the one before. */
function labelsAcross(
  ticks: readonly Tick[],
  column: (share: number) => number,
  width: number,
): string {
  let text = "";
  for (const { at, text: label } of ticks) {
    const wanted = Math.max(
      0,
      Math.min(column(at) - Math.floor((label.length - 1) / 2), width - label.length),
    );
    if (text === "" || wanted > text.length) text = text.padEnd(wanted) + label;
  }
  return text.padEnd(width);
}
