/** A comparison at several values of one thing. */
import type { SweepDocument } from "../document.js";
import { chartSvg } from "../../../report/chart/svg.js";
import { broken } from "../../../report/layout.js";
import { tablesOf, type SweepTable } from "../sweep/tables.js";
import { chartsOf } from "../sweep/text.js";
import { sweepConclusion } from "../sweep/conclusion.js";
import { figure, unfolding } from "../../../report/page/figure.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import type { Section } from "../../../report/page/section.js";
import { bullets, dataTable } from "../../../report/page/table.js";

/** What the sweep found, in sentences. */
export function sweepFirstScreen(document: SweepDocument, cost?: Markup): Markup {
  const [answer = "Nothing could be measured; below is why.", ...more] =
    sweepConclusion(document).map(broken);
  return markup`<p class="answer">${answer}</p>${cost}${bullets(more)}`;
}

/** Curves and their tables. */
export function sweepSection(document: SweepDocument): Section | undefined {
  const tables = tablesOf(document);
  if (tables.length === 0) return undefined;
  const body = markup`${chartsOf(document).map((chart) => figure((options) => chartSvg(chart, options), `${chart.title}.`))}
${unfolding("The tables", markup`${tables.map(pageTable)}`)}`;
  return { id: "sweep", title: "Over the swept values", body };
}

function pageTable({ title, rows: [heads = [], ...body] }: SweepTable): Markup {
  return dataTable({
    caption: title,
    columns: heads.map((head, index) => ({ head, align: index === 0 ? "left" : "right" })),
    rows: body.map((cells) => ({ cells })),
  });
}
