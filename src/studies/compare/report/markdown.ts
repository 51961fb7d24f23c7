import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import type { ResultDocument } from "../document.js";
import { conclusionOf } from "./conclusion.js";
import { isSweep } from "../sweep/curves.js";
import { broken } from "../../../report/layout.js";
import { legendOf, notesOf } from "./notes.js";
import { sweepMarkdown } from "../sweep/text.js";
import { columnsOf } from "./table.js";

/** A comparison as a Markdown table with all that belongs to it, for a README or a pull request. */
export function markdownReport(given: ResultDocument): string {
  const document = forMarkdown(given);
  if (isSweep(document)) return sweepMarkdown(document);
  const { columns, rows } = columnsOf(document, true);
  const table = markdownTable(
    [
      columns.map(({ group, head }) => `${group.trim()} ${head.trim()}`.trim()),
      ...rows.map((row) => columns.map((column) => column.cell(row).trim())),
    ],
    { align: columns.map(({ align }) => align) },
  );
  const list = (lines: readonly string[]) =>
    lines.map((line) => `- ${broken(line).trim()}`).join("\n");
  const parts = [table, list(legendOf(document, table)), list(conclusionOf(document))];
  const notes = list(notesOf(document).map((note) => `note: ${note}`));
  return `${[...parts, notes].filter((part) => part !== "").join("\n\n")}\n`;
}
