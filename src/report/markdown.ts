import { markdownTable } from "markdown-table";
import type { ResultDocument } from "../results/document.js";
import { conclusionOf } from "./conclusion.js";
import { columnsOf } from "./table.js";

/** A comparison as a Markdown table with its conclusion, for a README or a pull request. */
export function markdownReport(document: ResultDocument): string {
  const { columns, rows } = columnsOf(document);
  const table = markdownTable(
    [
      columns.map(({ group, head }) => `${group} ${head}`.trim()),
      ...rows.map((row) => columns.map((column) => column.cell(row).trim())),
    ],
    { align: columns.map(({ align }) => align) },
  );
  return `${[table, ...conclusionOf(document)].join("\n\n")}\n`;
}
