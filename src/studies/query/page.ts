/** How a comparison of ways to keep facts becomes part of a page. */
import { scatterSvg } from "../../report/chart/scatter.js";
import { bytes } from "../../report/numbers.js";
import { day } from "../../report/page/card.js";
import { halfFigure } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { commandLine, environmentFacts, factList, jsonLink } from "../../report/page/provenance.js";
import {
  sectionsBy,
  type PageForm,
  type Section,
  type SectionContext,
} from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { QueryDocument } from "./document.js";
import { QUESTIONS } from "./model/questions.js";
import { answersChart } from "./report/charts.js";
import { PAY_HEADS, payRows, RATE_HEADS, rateRows, wayProblems } from "./report/rows.js";
import { queryHeadline, querySentences } from "./report/sentences.js";

function firstScreen(document: QueryDocument, added?: Markup): Markup {
  return markup`<p class="answer">${queryHeadline(document)}</p>
${document.complete ? undefined : markup`<p class="warning">Interrupted: partial results.</p>`}
${added}
${bullets(querySentences(document).slice(1))}`;
}

function answersSection(document: QueryDocument): Section | undefined {
  if (!document.ways.some(({ status }) => status === "ok")) return undefined;
  const body = markup`${QUESTIONS.map(({ key, text }) => halfFigure((options) => scatterSvg(answersChart(document, key), options), `Answers a second to ${text}. Ways that none beats in both are named in bold.`))}
${table("Answers a second", RATE_HEADS, rateRows(document), 1)}
${bullets(wayProblems(document))}`;
  return { id: "answers", title: "Answers against bytes", body };
}

function paysSection(document: QueryDocument): Section | undefined {
  const rows = payRows(document);
  if (rows.length === 0) return undefined;
  const body = markup`<p>Another form costs more to load, and saves time with every answer: from so many answers on, about these ${document.facts} facts, it is cheaper than their text.</p>
${table("When another form pays", PAY_HEADS, rows, 2)}`;
  return { id: "pays", title: "When keeping JSON pays", body };
}

function table(
  caption: string,
  heads: readonly string[],
  rows: readonly string[][],
  names: number,
): Markup {
  return dataTable({
    caption,
    columns: heads.map((head, place) => ({ head, align: place < names ? "left" : "right" })),
    rows: rows.map((cells) => ({ cells })),
  });
}

function measuredSection(document: QueryDocument, { tools }: SectionContext): Section {
  const body = markup`${factList([
    ["made by", commandLine(document.command)],
    ["when", document.createdAt],
    ["facts", `${document.facts}, ${bytes(document.jsonBytes)} of JSON`],
    ...environmentFacts(document.environment),
  ])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was measured", body };
}

export const queryPage: PageForm<QueryDocument> = {
  title: () => "Keeping and asking facts",
  subject: ({ facts }) => `of ${facts} facts`,
  subtitle: ({ facts, environment, createdAt }) =>
    `${facts} facts, on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) =>
    sectionsBy([answersSection, paysSection, measuredSection], document, context),
};
