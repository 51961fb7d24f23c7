/** Values as they stand in cells. */
import type { PlainValue } from "../../../query/result.js";

/** Characters that would move a terminal's cursor, or end a line; and halves of pairs. */
// oxlint-disable-next-line no-control-regex -- these are what it is about
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A value in full, on one line, with nothing in it that a terminal obeys. */
export function cellText(value: PlainValue): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
  return text.replaceAll(
    UNPRINTABLE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** At most so many characters; what is longer ends in dots. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const signs = Array.from(text);
  return signs.length <= most ? text : `${signs.slice(0, Math.max(0, most - 1)).join("")}…`;
}
