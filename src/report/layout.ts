import Table, { type TableConstructorOptions } from "cli-table3";
import wrapAnsi from "wrap-ansi";
import { hanging, LINE_WIDTH } from "./screen.js";

export { INDENT, LINE_WIDTH, onScreen, broken, unbroken } from "./screen.js";

const LINES = ["top", "bottom", "left", "mid", "right"]
  .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
  .map((part) => [part, ""]);

const NO_RULES = Object.fromEntries(LINES) as TableConstructorOptions["chars"];

/** An empty table of columns with a gap of so many spaces between them, and no rules. */
export function borderless({
  gap = 1,
  ...options
}: TableConstructorOptions & { readonly gap?: number } = {}) {
  return new Table({
    chars: { ...NO_RULES, middle: " ".repeat(gap) },
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    ...options,
  });
}

/** Breaks a sentence into lines that fit the screen, at spaces; as wide as a terminal shows it. */
export function wrapped(sentence: string): string[] {
  return hanging(sentence, (text, columns) => wrapAnsi(text, columns).split("\n"));
}

/** Two texts on one line where both fit, else one below the other. */
export function besideOrBelow(first: string, second: string): string[] {
  const line = `${first}   ${second}`;
  return line.length < LINE_WIDTH ? [line] : [first, second];
}
