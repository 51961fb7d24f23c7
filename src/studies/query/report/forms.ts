/** Forms in which rows are printed: each makes text of a head, of some rows at a time, and of the end. */
import { stringify } from "csv-stringify/sync";
import { markdownTable } from "markdown-table";
import { forCsv, forMarkdown, jsonText } from "../../../core/foreign-text.js";
import type { PlainValue } from "../../../query/result.js";
import { cellText } from "./cells.js";
import { tableText, type Columns, type Rows } from "./table.js";

export const FORMATS = ["table", "csv", "ndjson", "markdown", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

export interface Form {
  head(columns: Columns): string;
  rows(columns: Columns, rows: Rows): string;
  /** What needs all rows to be laid out takes no more than so many. */
  readonly mostRows: number;
}

/** More than this is for a file, not for a person. */
const MOST_ROWS_SHOWN = 1_000;

export const FORMS: Readonly<Record<Exclude<Format, "parquet">, Form>> = {
  table: { head: () => "", rows: tableText, mostRows: MOST_ROWS_SHOWN },
  markdown: {
    head: () => "",
    rows: (columns, rows) =>
      `${markdownTable([
        columns.map(({ name }) => markdownCell(name)),
        ...rows.map((row) => row.map(markdownCell)),
      ])}\n`,
    mostRows: MOST_ROWS_SHOWN,
  },
  csv: {
    head: (columns) => stringify([columns.map(({ name }) => forCsv(name))]),
    rows: (_, rows) => stringify(rows.map((row) => row.map(csvCell))),
    mostRows: Infinity,
  },
  ndjson: {
    head: () => "",
    rows: (columns, rows) =>
      rows
        .map((row) => {
          const entries = columns.map(({ name }, place) => [name, row[place] ?? null] as const);
          return `${jsonText(Object.fromEntries(entries))}\n`;
        })
        .join(""),
    mostRows: Infinity,
  },
};

/** The format that a file's name says. */
export function formatOfFile(path: string): Format | undefined {
  const [, ending = ""] = /\.(\w+)$/.exec(path.toLowerCase()) ?? [];
  const names: Readonly<Record<string, Format>> = {
    ...{ csv: "csv", ndjson: "ndjson", jsonl: "ndjson", json: "ndjson" },
    ...{ md: "markdown", markdown: "markdown", parquet: "parquet", txt: "table" },
  };
  return names[ending];
}

function csvCell(value: PlainValue): string {
  if (value === null) return "";
  if (typeof value === "string") return forCsv(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function markdownCell(value: PlainValue): string {
  return forMarkdown(cellText(value).replaceAll(/[\\|]/g, "\\$&"));
}
