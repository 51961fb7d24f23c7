/** What colours mean, in lines above a chart. */
import * as Plot from "@observablehq/plot";

export interface LegendEntry {
  readonly text: string;
  /** Its colour; none for an entry that says it all by its text. */
  readonly color?: string;
}

const LINE_HEIGHT = 20;
/** Of a letter, about, in the size that charts have. */
export const CHARACTER_WIDTH = 6.7;

/**
 * Marks of a legend for a chart of a width, and the height that they take.
 *
 * @param gap pixels between it and the chart
 */
export function legend(
  entries: readonly LegendEntry[],
  width: number,
  marginLeft: number,
  gap = 0,
) {
  const places = placesOf(entries, width - 8);
  const height = ((places.at(-1)?.line ?? 0) + 1) * LINE_HEIGHT + gap;
  const marks = places.flatMap(({ text, color, x, line }) => {
    const dx = x - marginLeft;
    const place = { frameAnchor: "top-left", dy: line * LINE_HEIGHT - height + 2 } as const;
    const label = Plot.text([text], {
      ...place,
      dx: color === undefined ? dx : dx + 18,
      lineAnchor: "middle",
      text: (entry: string) => entry,
    });
    if (color === undefined) return [label];
    return [Plot.dot([0], { ...place, dx: dx + 6, symbol: "square", r: 6, fill: color }), label];
  });
  return { marks, height };
}

/** From left to right, then on the next line. */
function placesOf(entries: readonly LegendEntry[], width: number) {
  let x = 0;
  let line = 0;
  return entries.map((entry) => {
    const wide = entry.text.length * CHARACTER_WIDTH + 34;
    if (x > 0 && x + wide > width) {
      x = 0;
      line += 1;
    }
    const place = { ...entry, x, line };
    x += wide;
    return place;
  });
}
