/** How a conformance study becomes part of a page. */
import { stackSvg } from "../../report/chart/stack.js";
import { day } from "../../report/page/card.js";
import { figure, unfolding } from "../../report/page/figure.js";
import { markup } from "../../report/page/markup.js";
import { measuredSection } from "../../report/page/measured.js";
import type { PageForm, Section } from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { ConformanceDocument } from "./document.js";
import { outcomesChart } from "./report/charts.js";
import { conformanceGrid, conformanceLegend, conformanceSentences } from "./report/text.js";
import { cellText, footnotes } from "./report/grid.js";

function gridSection(document: ConformanceDocument): Section {
  const grid = conformanceGrid(document);
  const numbers = footnotes(grid);
  const table = dataTable({
    caption: conformanceLegend(document).join("; "),
    columns: [
      { head: "", align: "left" },
      ...grid.columns.map((head) => ({ head, align: "left" as const })),
    ],
    rows: grid.rows.map(({ name, cells }) => ({
      cells: [name, ...cells.map((cell) => cellText(cell, numbers))],
    })),
  });
  const notes = bullets([...numbers].map(([note, number]) => `${number}: ${note}`));
  return { id: "cells", title: "What becomes of each", body: markup`${table}${notes}` };
}

/** How many of each outcome: the answer before the table of all. */
function outcomesSection(document: ConformanceDocument): Section {
  const chart = outcomesChart(document);
  const table = dataTable({
    caption: chart.title,
    columns: [
      { head: "", align: "left" },
      ...chart.parts.map((head) => ({ head, align: "right" as const })),
    ],
    rows: chart.bars.map(({ name, values }) => ({ cells: [name, ...values.map(String)] })),
  });
  const body = markup`${figure((options) => stackSvg(chart, options), `${chart.title}.`)}${unfolding("The table", table)}`;
  return { id: "outcomes", title: "How many of each", body };
}

/** More codecs than these are counted. */
const MOST_NAMED = 5;

export const conformancePage: PageForm<ConformanceDocument> = {
  title: ({ cases }) =>
    cases === undefined ? "What codecs do to values" : "What decoders do with a parser suite",
  subject: ({ codecs = [], decoders = [], cases }) => {
    const names = [...codecs, ...decoders].map(({ name }) => name);
    const what = cases === undefined ? "" : `${cases.length} cases in `;
    return names.length <= MOST_NAMED
      ? `of ${what}${names.join(", ")}`
      : `of ${what}${names.length} codecs`;
  },
  subtitle: ({ node, createdAt }) => `Node ${node}; ${day(createdAt)}`,
  firstScreen: (document) => {
    const [answer, ...losses] = conformanceSentences(document);
    // Of many codecs the table says it better.
    return markup`<p class="answer">${answer}</p>${losses.length < 5 ? bullets(losses) : undefined}`;
  },
  sections: (document, context) => [
    outcomesSection(document),
    gridSection(document),
    measuredSection(document, [["runtime", `Node ${document.node}`]], undefined, context),
  ],
};
