/** What a gate says of a cell, and of all of them, in one line each. */
import type { GateAnswer, GateCell, GateDocument } from "../document.js";

/** How an answer stands before its line. */
export const WORD: Readonly<Record<GateAnswer, string>> = {
  fail: "FAIL",
  pass: "PASS",
  inconclusive: "????",
};

/** The change of a cell, its interval, and the minimum detectable effect of so many pairs. */
export function cellSentence(cell: GateCell): string {
  const { name, answer, reason } = cell;
  const data = `${pairsText(cell)}${detectableText(cell)}`;
  switch (answer) {
    case "fail":
      return reason === null
        ? `${name} is ${magnitude(cell)} (95 %: ${range(cell)}), ${data}`
        : `${name}: ${reason}; ${speed(cell)}, ${data}`;
    case "pass":
      return `${name}: ${speed(cell)}, ${data}`;
    case "inconclusive":
      return `${name} is inconclusive: ${speed(cell)}; ${reason ?? ""}, ${data}; run again or give it a longer --budget`;
  }
}

/** One line for a whole gate: the cell that matters most, and how many there are. */
export function verdictSentence({ gate }: GateDocument): string {
  const [first] = gate.cells
    .filter(({ answer }) => answer === gate.answer)
    .toSorted((a, b) => (b.change ?? -Infinity) - (a.change ?? -Infinity));
  const [only, ...others] = gate.cells;
  if (first === undefined || only === undefined) return "nothing was compared";
  if (others.length === 0) return cellSentence(only);
  const alike = gate.cells.filter(({ answer }) => answer === gate.answer).length;
  const share = `${alike} of ${gate.cells.length} cells`;
  return gate.answer === "pass"
    ? `all ${gate.cells.length} cells; the slowest: ${cellSentence(first)}`
    : `${share}; ${cellSentence(first)}`;
}

/** A share of the baseline's time in percent, with its sign: `+4.9`, `-0.9`. */
export function signed(share: number | null, open: string): string {
  if (share === null) return open;
  const value = share * 100;
  const text = Math.abs(value) < 9.95 ? value.toFixed(1) : value.toFixed(0);
  return Number(text) > 0 ? `+${text}` : text.replace(/^-(0\.0)$/, "$1");
}

export function range({ low, high }: Pick<GateCell, "low" | "high">): string {
  return `${signed(low, "any")} to ${signed(high, "any")}`;
}

function magnitude({ change }: GateCell): string {
  const text = signed(change, "?").replace(/^[+-]/, "");
  return `${text} % ${(change ?? 0) > 0 ? "slower" : "faster"}`;
}

function speed(cell: GateCell): string {
  if (cell.change === null || cell.pairs === 0) return "nothing is known of its speed";
  return `${magnitude(cell)} (95 %: ${range(cell)})`;
}

function pairsText({ pairs, confirming, dropped }: GateCell): string {
  const before = `${pairs - confirming} pairs`;
  const fresh = confirming === 0 ? "" : `, ${confirming} more to confirm`;
  return `${before}${fresh}${dropped === 0 ? "" : `, ${dropped} dropped`}`;
}

function detectableText({ detectable }: GateCell): string {
  return detectable === null
    ? "; too few to show any slowdown"
    : `; minimum detectable effect ${signed(detectable, "").slice(1)} %`;
}

/** The answer and why, in one line. */
export function gateHeadline(document: GateDocument): string {
  return `${WORD[document.gate.answer]} ${verdictSentence(document)}`;
}

/** The same where a sentence stands alone: one that is inconclusive says so itself. */
export function gateAnswer(document: GateDocument): string {
  return document.gate.answer === "inconclusive"
    ? verdictSentence(document)
    : gateHeadline(document);
}
