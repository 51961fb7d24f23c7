/** What every chart is painted with, so that a codec looks the same wherever it appears. */

/** Okabe and Ito's palette, which colour-blind readers can tell apart, without its yellow. */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f"];
/** Where there are more things than colours, or kinds of one thing, the dashes differ. */
const DASHES = ["none", "6 3", "2 3", "8 3 2 3"];
const SYMBOLS = ["circle", "square", "triangle", "diamond"] as const;

/** The colour of the thing with this number, from 0. */
export function colorOf(hue: number): string {
  return COLORS[hue % COLORS.length] ?? "currentColor";
}

/** The dashes of a line of this kind, from 0. */
export function dashOf(kind: number): string {
  return DASHES[kind % DASHES.length] ?? "none";
}

/** The symbol of a point of this kind, from 0. */
export function symbolOf(kind: number) {
  return SYMBOLS[kind % SYMBOLS.length] ?? "circle";
}

/** How many colours there are before the first comes again. */
export const HUES = COLORS.length;
