import type { Scalar } from "../hash.js";

/** A value, and how often it came: at least `atLeast`, at most `atMost` times. */
export interface Top {
  readonly value: Scalar;
  readonly atLeast: number;
  readonly atMost: number;
}

/** Types in the order in which equally frequent values are listed. */
const TYPES = ["number", "string", "boolean", "object"];

/** Sorts by frequency, and equals by type and value: text by its UTF-16 units, whatever the language. */
export function inOrder(one: Top, other: Top): number {
  return (
    other.atMost - one.atMost || other.atLeast - one.atLeast || byValue(one.value, other.value)
  );
}

/** The order of values: by their type, then as they are; text by its UTF-16 units. */
export function byValue(one: Scalar, other: Scalar): number {
  const byType = TYPES.indexOf(typeof one) - TYPES.indexOf(typeof other);
  if (byType !== 0 || one === null || other === null) return byType;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
