/** How a summary becomes part of a page. */
import { barsSvg } from "../../report/chart/bars.js";
import { chartSvg } from "../../report/chart/svg.js";
import { day } from "../../report/page/card.js";
import { figure, halfFigure } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { commandLine, environmentFacts, factList, jsonLink } from "../../report/page/provenance.js";
import {
  sectionsBy,
  type PageForm,
  type Section,
  type SectionContext,
} from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { SummariseDocument } from "./document.js";
import { errorChart, topCharts } from "./report/charts.js";
import {
  certaintySentences,
  checkSentence,
  summariseHeadline,
  workSentence,
} from "./report/sentences.js";
import { summaryTables } from "./report/tables.js";

function firstScreen(document: SummariseDocument): Markup {
  const check = checkSentence(document);
  return markup`<p class="answer">${summariseHeadline(document)}</p>
${document.notes.map((note) => markup`<p class="warning">${note}</p>`)}
${bullets([...(check === undefined ? [] : [check]), workSentence(document)])}`;
}

function figuresSection(document: SummariseDocument): Section {
  const body = markup`${topCharts(document).map(({ chart }) => halfFigure((options) => barsSvg(chart, options), `${chart.title}.`))}
${summaryTables(document).map(({ title, head, rows, words }) =>
  dataTable({
    caption: title,
    columns: head.map((name, index) => ({
      head: name,
      align: index < words ? ("left" as const) : ("right" as const),
    })),
    rows: rows.map((cells) => ({ cells })),
  }),
)}${bullets(certaintySentences(document))}`;
  return { id: "figures", title: "What the facts have", body };
}

function errorSection(document: SummariseDocument): Section | undefined {
  const chart = errorChart(document);
  if (chart === undefined) return undefined;
  const table = dataTable({
    caption: "Off by, % of the exact number",
    columns: [
      { head: "path", align: "left" },
      ...(chart.lines[0]?.points ?? []).map(([bytes]) => ({
        head: `${bytes} B`,
        align: "right" as const,
      })),
    ],
    rows: chart.lines.map(({ name, points }) => ({
      cells: [name, ...points.map(([, error]) => error.toFixed(2))],
    })),
  });
  return {
    id: "error",
    title: "Error against memory",
    body: markup`${figure((options) => chartSvg(chart, options), "The last point of each line is the sketch that was made; the others are what it would have said in less memory.")}${table}`,
  };
}

function measuredSection(document: SummariseDocument, { tools }: SectionContext): Section {
  const body = markup`${factList([
    ["made by", commandLine(document.command)],
    ["when", document.createdAt],
    ["facts", document.source],
    ...environmentFacts(document.environment),
  ])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was found", body };
}

export const summarisePage: PageForm<SummariseDocument> = {
  title: () => "A summary of facts",
  subject: ({ source, by }) => `of ${source}${by === null ? "" : ` by ${by}`}`,
  subtitle: ({ source, environment, createdAt }) =>
    `${source}, on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) =>
    sectionsBy([errorSection, figuresSection, measuredSection], document, context),
};
