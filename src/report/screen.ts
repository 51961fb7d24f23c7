/** What a screen is laid out for. */
export const LINE_WIDTH = 100;
/** Keeps text off the edge of the screen. */
export const INDENT = " ";
/** What a sentence's further lines begin with. */
const HANGING = "  ";
const NO_BREAK_SPACE = "\u00a0";

/** Lines as they stand on a screen, off its edge and with nothing behind them. */
export function onScreen(lines: readonly string[]): string {
  return lines.map((line) => `${INDENT}${line}`.trimEnd()).join("\n");
}

/** A sentence's lines. @param wrap breaks text into lines of so many columns, at spaces */
export function hanging(sentence: string, wrap: (text: string, columns: number) => string[]) {
  const width = LINE_WIDTH - INDENT.length;
  // In the form in which it is broken: what a line took is cut off by its length.
  const text = sentence.normalize().replaceAll("\t", " ").trim();
  const [first = ""] = wrap(text, width);
  const rest = text.slice(first.length).trimStart();
  const more = rest === "" ? [] : wrap(rest, width - HANGING.length);
  return [first, ...more.map((line) => HANGING + line)].map((line) => broken(line).trimEnd());
}

/** Undoes `unbroken`. */
export function broken(text: string): string {
  return text.replaceAll(NO_BREAK_SPACE, " ");
}

/** Text that `hanging` keeps on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", NO_BREAK_SPACE);
}
