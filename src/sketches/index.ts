/**
 * Sketches: what can be said of any number of values in little memory, with a known error, and merged in any
 * order. Nothing here knows files, clocks or the rest of the project, but for the error that it throws.
 *
 * - `Uniques`: how many different values (UltraLogLog behind HyperLogLog++'s sparse form): ± 0.6 % in 16 KiB
 * - `Quantiles`: quantiles within 1 % of their value (DDSketch)
 * - `Tops`: the most frequent values with bounds of their counts (Space-Saving)
 *
 * Why UltraLogLog: of 16 KiB, HyperLogLog with its tables of biases, or with Ertl's estimator of 2017, makes
 * ± 0.81 %, so that one count in five is off by more than 1 %; this makes ± 0.59 %, and one in eleven is.
 * It merges as simply, and its estimate of greatest likelihood has no tables and no seams.
 *
 * Why ours (seen in November 2026): `@datadog/sketches-js` 2.1 needs protobufjs to load and does not declare
 * it, keeps the logarithm of the runtime, and has no checksum; `bloom-filters` 3.0 has the HyperLogLog of 2007
 * over text alone, whose small counts are biased, hashes through strings of binary digits, and serialises to
 * JSON; `hyperloglog` 0.1 and `tdigest` 0.1 have no serialised form, and a t-digest promises nothing of values.
 */
export { hashInto, hashText, type Hash64, type Scalar } from "./hash.js";
export { Quantiles } from "./quantiles.js";
export { Tops } from "./tops.js";
export type { Top } from "./tops/top.js";
export { Uniques } from "./uniques.js";
