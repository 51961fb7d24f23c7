/** Signs and names that the tables of several studies share. */

/** Signs that follow a figure. */
export const SIGN = {
  best: "▲",
  dominated: "▽",
  undecided: "≈",
  imprecise: "!",
  unsteady: "~",
} as const;

/** `gzip:6` as people say it; a dash for none. */
export function compressorName(compressor: string): string {
  return compressor === "none" ? "-" : compressor.replace(":", " ");
}
