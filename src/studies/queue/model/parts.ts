/** Parts as they are written: names, or a range of numbers. */
import { InputError } from "../../../core/errors.js";

const MOST_PARTS = 1_000_000;

/**
 * The numbers of a range (`1..100`, or `001..100` with leading zeros), or the name itself. `undefined` for a range
 * that has none, or too many.
 */
export function partsIn(text: string): readonly string[] | undefined {
  const [, from, to] = /^(\d{1,15})\.\.(\d{1,15})$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return [text];
  const count = Number(to) - Number(from) + 1;
  if (!(count >= 1 && count <= MOST_PARTS)) return undefined;
  const width = from.startsWith("0") ? from.length : 0;
  return Array.from({ length: count }, (_, index) =>
    String(Number(from) + index).padStart(width, "0"),
  );
}

export const RANGE_PROBLEM = `takes a range of 1 to ${MOST_PARTS} numbers, such as 1..100.`;

/** Parts as the command line has them. Throws an `InputError`. */
export function expandParts(texts: readonly string[]): string[] {
  const parts = texts.flatMap((text) => {
    const found = partsIn(text);
    if (found === undefined) throw new InputError(`--parts ${RANGE_PROBLEM}`);
    return found;
  });
  return [...new Set(parts)];
}
