import { markdownTable } from "markdown-table";
import { createColors } from "picocolors";
import type { Cell, Ledger, LedgerCodec, Outcome } from "../document.js";
import { cellText, footnotes, gridLines, type Grid, type GridCell } from "./grid.js";
import { onScreen, unbroken, wrapped } from "../../../report/layout.js";
import type { TextOptions } from "../../../report/options.js";

const MARK: Record<Outcome, string> = {
  exact: "✓",
  changed: "≠",
  refused: "✗",
  unreadable: "!",
  crashed: "†",
  "not-asked": "·",
};

export const LEDGER_LEGEND = [
  "✓ exact",
  "≠ comes back as something else",
  "✗ refused",
  "! written, but cannot be read back",
  "† its process died or hung",
  "· does not apply",
];

/** The ledger as people read it in a terminal. Ends with a newline. */
export function ledgerText(ledger: Ledger, { colors }: TextOptions): string {
  const paint = createColors(colors);
  const grid = ledgerGrid(ledger);
  const numbers = footnotes(grid);
  const marked = (line: string) =>
    line.replaceAll(/[≠!]\d+/g, paint.yellow).replaceAll(/†\d+/g, paint.red);
  const lines = [
    paint.bold(`What each codec does to ${ledger.values.length} values   Node ${ledger.node}`),
    "",
    ...gridLines(grid, numbers).map(marked),
    "",
    ...wrapped(LEDGER_LEGEND.map(unbroken).join("   ")).map(paint.dim),
    "",
    ...[...numbers].flatMap(([note, number]) => footnote(number, note)),
    "",
    ...wrapped(ledgerMeaning(ledger)),
    ...problems(ledger).flatMap((problem) => wrapped(problem).map(paint.yellow)),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

function footnote(number: number, note: string): string[] {
  const [first = "", ...more] = wrapped(`${number} ${note}`);
  return [number < 10 ? ` ${first}` : first, ...more];
}

/** The ledger as Markdown. Ends with a newline. */
export function ledgerMarkdown(ledger: Ledger): string {
  const grid = ledgerGrid(ledger);
  const numbers = footnotes(grid);
  const table = markdownTable([
    ["value", ...grid.columns],
    ...grid.rows.map(({ name, cells }) => [name, ...cells.map((cell) => cellText(cell, numbers))]),
  ]);
  const notes = [...numbers].map(([note, number]) => `${number}. ${note}`).join("\n");
  const list = problems(ledger).map((problem) => `- ${problem}`);
  const parts = [table, LEDGER_LEGEND.join(" · "), notes, ledgerMeaning(ledger), list.join("\n")];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

export function ledgerGrid({ codecs, values }: Ledger): Grid {
  const available = codecs.filter(({ unavailable }) => unavailable === null);
  return {
    columns: available.map(({ name }) => name),
    rows: values.map(({ name }, index) => ({
      name,
      cells: available.map(({ cells }) => gridCell(cells[index])),
    })),
  };
}

function gridCell(cell: Cell | undefined): GridCell {
  if (cell === undefined) return { mark: "", note: null };
  const { outcome, detail } = cell;
  const before = outcome === "refused" ? "refused: " : outcome === "unreadable" ? "reading: " : "";
  return { mark: MARK[outcome], note: detail === null ? null : `${before}${breakable(detail)}` };
}

/** What codecs say may hold names that no screen is wide enough for. */
function breakable(text: string): string {
  return text.replaceAll(/\S{60,}/g, (word) => `${word.slice(0, 59)}…`);
}

/** What each codec makes of data that JSON can hold, which is what events are made of, without a word. */
function silentLosses({ values, codecs }: Ledger) {
  const changedBy = (codec: LedgerCodec) =>
    values.filter(({ inJson }, index) => {
      const outcome = codec.cells[index]?.outcome;
      return inJson && (outcome === "changed" || outcome === "unreadable" || outcome === "crashed");
    });
  return codecs
    .filter(({ unavailable }) => unavailable === null)
    .map((codec) => ({ name: codec.name, lost: changedBy(codec).map(({ name }) => name) }));
}

/** How many values each codec loses, in one sentence; then which, a sentence for each codec. */
export function ledgerSentences(ledger: Ledger): string[] {
  const losses = silentLosses(ledger);
  const total = ledger.values.filter(({ inJson }) => inJson).length;
  const counts = losses.map(
    ({ name, lost }) => `${name} ${lost.length === 0 ? "none" : lost.length}`,
  );
  return [
    `Of ${total} values that JSON can hold, these many come back as others without a word: ${counts.join(", ")}.`,
    ...losses
      .filter(({ lost }) => lost.length > 0)
      .map(({ name, lost }) => `${name} does not keep ${lost.join(", ")}.`),
  ];
}

/** What it comes to, in a sentence or two. */
function ledgerMeaning(ledger: Ledger): string {
  const { values } = ledger;
  const silent = silentLosses(ledger);
  const safe = silent.filter(({ lost }) => lost.length === 0).map(({ name }) => name);
  const lossy = silent
    .filter(({ lost }) => lost.length > 0)
    .map(({ name, lost }) => `${name} ${lost.join(", ")}`);
  const total = values.filter(({ inJson }) => inJson).length;
  return (
    `Of ${total} values that JSON can hold, these are not kept, and nothing says so when they are written: ` +
    (lossy.length === 0 ? "none." : `${lossy.join("; ")}.`) +
    (safe.length === 0 || lossy.length === 0
      ? ""
      : ` Kept or refused, all of them: ${safe.join(", ")}.`)
  );
}

function problems({ codecs }: Ledger): string[] {
  return codecs.flatMap(({ name, unavailable, disagreements }) => [
    ...(unavailable === null ? [] : [`note: ${unavailable}`]),
    ...disagreements.map((sentence) => `error: ${name}: ${sentence}.`),
  ]);
}
