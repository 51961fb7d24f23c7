/** How fetching becomes part of a page. */
import { barsSvg } from "../../report/chart/bars.js";
import { day } from "../../report/page/card.js";
import { figure } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { commandLine, environmentFacts, factList, jsonLink } from "../../report/page/provenance.js";
import {
  sectionsBy,
  type PageForm,
  type Section,
  type SectionContext,
} from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { FetchDocument } from "./document.js";
import { ratesChart } from "./report/charts.js";
import { cellProblems, groupsOf, HEADS, rowOf } from "./report/rows.js";
import { fetchHeadline, fetchSentences } from "./report/sentences.js";

function firstScreen(document: FetchDocument, added?: Markup): Markup {
  return markup`<p class="answer">${fetchHeadline(document)}</p>
${document.complete ? undefined : markup`<p class="warning">Interrupted: partial results.</p>`}
${added}
${bullets(fetchSentences(document).slice(1))}`;
}

function ratesSection(document: FetchDocument): Section | undefined {
  const groups = groupsOf(document).filter(({ cells }) => cells.length > 0);
  if (groups.length === 0) return undefined;
  const table = dataTable({
    caption: "Drivers, shapes and ways of fetching",
    columns: ["driver", ...HEADS].map((head, place) => ({
      head,
      align: place < 3 ? ("left" as const) : ("right" as const),
    })),
    rows: groups.flatMap(({ driver, cells }) =>
      cells.map((cell) => ({ cells: [driver, ...rowOf(cell, document)] })),
    ),
  });
  const body = markup`${figure((options) => barsSvg(ratesChart(document), options), "Each in fresh processes, by turns; lines are 95 % intervals.")}
${table}
${bullets(cellProblems(document))}`;
  return { id: "rates", title: "Rows a second", body };
}

function measuredSection(document: FetchDocument, { tools }: SectionContext): Section {
  const body = markup`${factList([
    ["made by", commandLine(document.command)],
    ["when", document.createdAt],
    ["drivers", document.servers.join(", ")],
    ["columns", document.types.join(", ")],
    ...environmentFacts(document.environment),
  ])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was measured", body };
}

export const fetchPage: PageForm<FetchDocument> = {
  title: () => "Fetching rows",
  subject: ({ servers }) =>
    `from ${servers.map((server) => server.split(" by ")[0]).join(" and ")}`,
  subtitle: ({ rows, columns, environment, createdAt }) =>
    `${rows} rows × ${columns} columns, on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) => sectionsBy([ratesSection, measuredSection], document, context),
};
