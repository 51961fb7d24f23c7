/** How a conformance study becomes part of a page. */
import { day } from "../../report/page/card.js";
import { markup } from "../../report/page/markup.js";
import { measuredSection } from "../../report/page/measured.js";
import type { PageForm, Section } from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { ConformanceDocument } from "./document.js";
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

export const conformancePage: PageForm<ConformanceDocument> = {
  title: ({ cases }) =>
    cases === undefined ? "What codecs do to values" : "What decoders do with a parser suite",
  subtitle: ({ node, createdAt }) => `Node ${node}; ${day(createdAt)}`,
  firstScreen: (document) => {
    const [answer, ...losses] = conformanceSentences(document);
    // Of many codecs the table says it better.
    return markup`<p class="answer">${answer}</p>${losses.length < 5 ? bullets(losses) : undefined}`;
  },
  sections: (document, context) => [
    gridSection(document),
    measuredSection(document, [["runtime", `Node ${document.node}`]], undefined, context),
  ],
};
