import { CHARACTER_WIDTH, legend, type LegendEntry } from "./legend.js";

/** What names left of rows take, where the longest has so many letters; no more than `most`. */
export function roomForNames(letters: number, most: number): number {
  return Math.min(most, letters * CHARACTER_WIDTH + 14);
}

interface Rows {
  readonly names: readonly string[];
  readonly legend: readonly LegendEntry[];
  readonly width: number;
  readonly rowHeight: number;
  /** The most that names take. */
  readonly nameRoom: number;
}

/** The size and the margins of a chart of rows, with a legend above them, and the marks of that. */
export function rowsFrame({ names, legend: entries, width, rowHeight, nameRoom }: Rows) {
  const marginLeft = roomForNames(Math.max(0, ...names.map(({ length }) => length)), nameRoom);
  const above = legend(entries, width, marginLeft);
  const frame = {
    width,
    height: names.length * rowHeight + above.height + 52,
    marginLeft,
    marginRight: 20,
    marginTop: above.height + 8,
    marginBottom: 40,
  };
  return { frame, legendMarks: above.marks };
}
