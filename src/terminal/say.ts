import { forTerminal } from "../core/foreign-text.js";

/** Tells something beside the result, in a line of standard error. */
export function say(text: string): void {
  console.error(`hellfact: ${forTerminal(text)}`);
}

/** Tells lines that are not a complaint, such as where results are kept. */
export function sayPlainly(lines: string): void {
  console.error(forTerminal(lines.split("\n")).join("\n"));
}
