import Table, { type TableConstructorOptions } from "cli-table3";
import wrapAnsi from "wrap-ansi";

/** What a screen is laid out for. */
export const LINE_WIDTH = 100;
/** Keeps text off the edge of the screen. */
export const INDENT = " ";

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

/** Lines as they stand on a screen, off its edge and with nothing behind them. */
export function onScreen(lines: readonly string[]): string {
  return lines.map((line) => `${INDENT}${line}`.trimEnd()).join("\n");
}

/** Breaks a sentence into lines that fit the screen, at spaces; as wide as a terminal shows it. */
export function wrapped(sentence: string): string[] {
  const width = LINE_WIDTH - INDENT.length;
  // In the form in which it is broken: what a line took is cut off by its length.
  const text = sentence.normalize().replaceAll("\t", " ").trim();
  const [first = ""] = wrapAnsi(text, width).split("\n", 1);
  const rest = text.slice(first.length).trimStart();
  const more = rest === "" ? [] : wrapAnsi(rest, width - HANGING.length).split("\n");
  return [first, ...more.map((line) => HANGING + line)].map((line) => broken(line).trimEnd());
}

/** What a sentence's further lines begin with. */
const HANGING = "  ";
const NO_BREAK_SPACE = "\u00a0";

/** Undoes `unbroken`. */
export function broken(text: string): string {
  return text.replaceAll(NO_BREAK_SPACE, " ");
}

/** Text that `wrapped` keeps on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", NO_BREAK_SPACE);
}

/** Two texts on one line where both fit, else one below the other. */
export function besideOrBelow(first: string, second: string): string[] {
  const line = `${first}   ${second}`;
  return line.length < LINE_WIDTH ? [line] : [first, second];
}
