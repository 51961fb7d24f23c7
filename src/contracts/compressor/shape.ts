import type { Compressor } from "../../core/compressor.js";
import { isFunction, isText, isTrueOrFalse, type FieldRule } from "../breach.js";

/** What each field of a compressor must be. */
export const FIELDS: readonly FieldRule<Compressor>[] = [
  [
    "fileSuffix",
    'what it appends to a file\'s name, such as .gz, or ""',
    (value) => typeof value === "string" && /^(\.[\w.-]+)?$/.test(value),
  ],
  ["levels", "null, or lowest, highest and default, in whole numbers", isLevels],
  [
    "engines",
    "a list of names, at least one",
    (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  ],
  ["npmPackage", "a text or null", (value) => value === null || isText(value)],
  ["streams", "true or false", isTrueOrFalse],
  ["open", "a function", isFunction],
];

function isLevels(value: unknown): boolean {
  if (value === null) return true;
  const levels = Object(value) as Partial<NonNullable<Compressor["levels"]>>;
  const { lowest = NaN, highest = NaN, default: usual = NaN, named = [] } = levels;
  const areNamed = Array.isArray(named) && named.every(isText);
  return (
    areNamed &&
    [lowest, usual, highest].every(Number.isInteger) &&
    lowest <= usual &&
    usual <= highest
  );
}
