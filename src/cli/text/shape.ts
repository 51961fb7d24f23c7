import { createColors } from "picocolors";
import type { ShapeReport, Spread } from "../../shape/shape.js";
import { borderless, onScreen, wrapped } from "../../report/layout.js";
import { bytes, percent, significant } from "../../report/numbers.js";
import type { TextOptions } from "../../report/options.js";

/** The shape of facts as people read it in a terminal. Ends with a newline. */
export function shapeText(source: string, shape: ShapeReport, { colors }: TextOptions): string {
  const paint = createColors(colors);
  const table = borderless({
    gap: 3,
    colAligns: ["left", "right", "right", "right", "right"],
  });
  const { leafShares } = shape;
  table.push(
    ["of one fact", "mean", "5 %", "half", "95 %"],
    ["JSON, bytes", ...spread(shape.jsonBytes, significant)],
    ["JSON for each byte of gzip 6", ...spread(shape.gzipRatio, significant)],
    ["values", ...spread(shape.leaves, significant)],
    ["levels", ...spread(shape.depth, significant)],
    ["different strings, % of its strings", ...spread(shape.distinctStrings, percent)],
    ["", "", "", "", ""],
    ["of all facts", "", "", "", ""],
    ["integers, % of values", percent(leafShares.integers)],
    ["decimals, % of values", percent(leafShares.decimals)],
    ["strings, % of values", percent(leafShares.strings)],
    ["booleans, % of values", percent(leafShares.booleans)],
    ["nulls, % of values", percent(leafShares.nulls)],
    ["not only ASCII, % of strings", percent(shape.nonAsciiStrings)],
    ["keys, % of bytes", percent(shape.keyBytes)],
    ["different keys", String(shape.distinctKeys)],
  );
  const lines = [
    paint.bold(
      `${shape.facts} ${shape.facts === 1 ? "fact" : "facts"} of ${source}, ${bytes(shape.jsonBytes.mean)} of JSON each`,
    ),
    "",
    ...table
      .toString()
      .split("\n")
      .map((line) => (line.startsWith("of ") ? paint.bold(line) : line)),
    "",
    ...wrapped(`${meaning(shape)} (5 %, half, 95 %: that part of the facts has less.)`),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

function spread({ mean, low, median, high }: Spread, format: (value: number) => string): string[] {
  return [mean, low, median, high].map(format);
}

/** What a codec may expect of such facts. */
function meaning({ keyBytes, leaves, leafShares, nonAsciiStrings }: ShapeReport): string {
  if (leaves.mean === 0) return "There are no values in them.";
  const [largest] = Object.entries(leafShares).toSorted(([, a], [, b]) => b - a);
  const advice =
    keyBytes >= 0.4
      ? "a codec that does not write keys can save much"
      : "leaving keys out saves less than the values take";
  const letters =
    leafShares.strings > 0 && nonAsciiStrings === 0
      ? " No string has other letters than ASCII, which flatters codecs that must check for them."
      : "";
  return (
    `${percent(keyBytes)} % of the bytes are keys: ${advice}. ` +
    `The largest part of the values are ${largest?.[0] ?? ""}.${letters}`
  );
}
