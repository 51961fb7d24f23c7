import { markdownTable } from "markdown-table";
import { createColors } from "picocolors";
import type { SuiteReport, SuiteVerdict } from "../document.js";
import { cellText, footnotes, gridLines, type Grid, type GridCell } from "./grid.js";
import { borderless, onScreen, unbroken, wrapped } from "../../../report/layout.js";
import type { TextOptions } from "../../../report/options.js";

const MEANING: Record<string, string> = {
  "✓": "as it must be",
  "+": "accepts what must be rejected",
  "−": "rejects what must be accepted",
  "†": "its process died or hung",
  y: "accepts what may be either",
  n: "rejects what may be either",
};

/** What a parser suite found, as people read it in a terminal. Ends with a newline. */
export function suiteText(report: SuiteReport, { colors }: TextOptions): string {
  const paint = createColors(colors);
  const table = borderless({
    gap: 3,
    colAligns: ["left", "right", "right", "right", "right"],
  });
  for (const line of counts(report)) table.push(line);
  const grid = suiteGrid(report);
  const numbers = footnotes(grid);
  const [head = "", ...body] = table.toString().split("\n");
  const lines = [
    paint.bold(`${report.cases.length} cases through each decoder of JSON   Node ${report.node}`),
    "",
    paint.bold(head),
    ...body,
    "",
    ...gridLines(grid, numbers),
    "",
    ...wrapped(suiteLegend(grid).map(unbroken).join("   ")).map(paint.dim),
    ...[...numbers].flatMap(([note, number]) => wrapped(`${number} ${note}`)),
    "",
    ...wrapped(suiteMeaning(report)),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

/** The same as Markdown. Ends with a newline. */
export function suiteMarkdown(report: SuiteReport): string {
  const grid = suiteGrid(report);
  const numbers = footnotes(grid);
  const rows = grid.rows.map(({ name, cells }) => [
    name,
    ...cells.map((cell) => cellText(cell, numbers)),
  ]);
  const parts = [
    markdownTable(counts(report), { align: ["l", "r", "r", "r", "r"] }),
    markdownTable([["case", ...grid.columns], ...rows]),
    suiteLegend(grid).join(" · "),
    [...numbers].map(([note, number]) => `${number}. ${note}`).join("\n"),
    suiteMeaning(report),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The signs that occur, explained. */
export function suiteLegend({ rows }: Grid): string[] {
  const signs = new Set(rows.flatMap(({ cells }) => cells.map((cell) => cell.mark)));
  return Object.entries(MEANING).flatMap(([sign, words]) =>
    signs.has(sign) ? [`${sign} ${words}`] : [],
  );
}

/** A line of heads and one for each decoder. */
function counts({ cases, decoders }: SuiteReport): string[][] {
  const heads = ["decoder", "y_ accepted", "n_ rejected", "i_ accepted", "crashed"];
  return [
    heads,
    ...decoders.map(({ name, verdicts }) => {
      const share = (kind: string, wanted: SuiteVerdict["verdict"]) => {
        const of = verdicts.filter((_, index) => cases[index]?.startsWith(kind));
        return `${of.filter(({ verdict }) => verdict === wanted).length} of ${of.length}`;
      };
      const crashed = verdicts.filter(({ verdict }) => verdict === "crashed").length;
      return [
        name,
        share("y_", "accepted"),
        share("n_", "rejected"),
        share("i_", "accepted"),
        String(crashed),
      ];
    }),
  ];
}

/** The cases in which some decoder departs from what must be, and those that are left open. */
export function suiteGrid({ cases, decoders }: SuiteReport): Grid {
  const rows = cases.map((name, index) => ({
    name,
    cells: decoders.map(({ verdicts }) => mark(name, verdicts[index])),
  }));
  const isWorthTelling = ({ cells }: (typeof rows)[number]) =>
    cells.some((cell) => cell.mark !== "✓");
  return { columns: decoders.map(({ name }) => name), rows: rows.filter(isWorthTelling) };
}

function mark(name: string, found: SuiteVerdict | undefined): GridCell {
  if (found === undefined) return { mark: "", note: null };
  if (found.verdict === "crashed") return { mark: "†", note: found.detail };
  const accepted = found.verdict === "accepted";
  if (name.startsWith("i_")) return { mark: accepted ? "y" : "n", note: null };
  if (accepted === name.startsWith("y_")) return { mark: "✓", note: null };
  return { mark: accepted ? "+" : "−", note: found.detail };
}

/** What it comes to, in a sentence or two. */
export function suiteMeaning({ cases, decoders }: SuiteReport): string {
  const wrong = decoders.flatMap(({ name, verdicts }) => {
    const count = verdicts.filter((verdict, index) =>
      "+−†".includes(mark(cases[index] ?? "", verdict).mark),
    ).length;
    return count === 0 ? [] : [`${name} in ${count}`];
  });
  const open = cases.filter((name) => name.startsWith("i_")).length;
  const accepted = decoders.map(({ name, verdicts }) => {
    const taken = verdicts.filter(
      (verdict, index) => mark(cases[index] ?? "", verdict).mark === "y",
    );
    return `${name} accepts ${taken.length}`;
  });
  return (
    (wrong.length === 0
      ? `No decoder departs from RFC 8259 in any of ${cases.length} cases`
      : `Of ${cases.length} cases, decoders depart from RFC 8259: ${wrong.join(", ")}`) +
    (open === 0 ? "." : `; of ${open} that it leaves open, ${accepted.join(", ")}.`)
  );
}
