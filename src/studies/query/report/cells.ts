/** Values as they stand in cells. */
import { forTerminal } from "../../../core/foreign-text.js";
import type { PlainValue } from "../../../query/result.js";

/** A value in full, on one line, with nothing in it that a terminal obeys. */
export function cellText(value: PlainValue): string {
  return forTerminal(typeof value === "string" ? value : (JSON.stringify(value) ?? "null"));
}

/** At most so many characters; what is longer ends in dots. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const signs = Array.from(text);
  return signs.length <= most ? text : `${signs.slice(0, Math.max(0, most - 1)).join("")}…`;
}
