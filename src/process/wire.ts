/** Questions and answers as lines of JSON that keep the numbers for which JSON has no words. */

/** How a string begins that stands for `Infinity`, `-Infinity` or `NaN`. */
const NUMBER = "\u0000number ";

/** A value as one line, without its end. What JSON leaves out, such as functions, is left out. */
export function toLine(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "number" && !Number.isFinite(part) ? `${NUMBER}${part}` : part,
  );
}

/** The value of a line that `toLine` made. Throws a `SyntaxError` for any other. */
export function fromLine(line: string): unknown {
  return JSON.parse(line, (_, part: unknown) =>
    typeof part === "string" && part.startsWith(NUMBER) ? Number(part.slice(NUMBER.length)) : part,
  );
}
