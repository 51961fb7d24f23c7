import { codecKey } from "../chart/frame.js";
import { markup, type Markup } from "./markup.js";

interface PageColumn {
  readonly head: string;
  readonly align: "left" | "right";
}

interface PageTable {
  readonly caption: string;
  readonly columns: readonly PageColumn[];
  readonly rows: readonly PageRow[];
}

interface PageRow {
  readonly cells: readonly (string | Markup)[];
  /** What a reader chooses rows by. */
  readonly codec?: string;
}

/** More rows than this make a page that nobody reads. */
const MAX_ROWS = 400;

/** A table that can be scrolled sideways, and sorted where the page's script runs. */
export function dataTable({ caption, columns, rows }: PageTable): Markup {
  const left = rows.length - MAX_ROWS;
  const place = (index: number) => (columns[index]?.align === "right" ? "number" : "text");
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
<table class="sortable"><caption>${caption}</caption>
<thead><tr>${columns.map(({ head }, index) => markup`<th scope="col" class="${place(index)}">${head}</th>`)}</tr></thead>
<tbody>${rows
    .slice(0, MAX_ROWS)
    .map(
      ({ cells, codec }) =>
        markup`<tr${codec === undefined ? undefined : markup` data-codec="${codecKey(codec)}"`}>${cells.map(
          (cell, index) =>
            index === 0
              ? markup`<th scope="row" class="${place(index)}">${cell}</th>`
              : markup`<td class="${place(index)}">${cell}</td>`,
        )}</tr>\n`,
    )}</tbody></table>
${left > 0 ? markup`<p class="note">${left} more rows are not on this page; hellfact report --format csv has all.</p>` : undefined}</div>`;
}

/** Sentences that can be read one by one. */
export function bullets(sentences: readonly string[]): Markup | undefined {
  if (sentences.length === 0) return undefined;
  return markup`<ul>${sentences.map((sentence) => markup`<li>${sentence}</li>\n`)}</ul>`;
}

/** Sentences, a paragraph for each. */
export function paragraphs(sentences: readonly string[], kind = ""): Markup {
  return markup`${sentences.map((sentence) => markup`<p class="${kind}">${sentence}</p>\n`)}`;
}
