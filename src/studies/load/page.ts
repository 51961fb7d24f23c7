/** How loading a database becomes part of a page. */
import { chartSvg } from "../../report/chart/svg.js";
import { stackSvg } from "../../report/chart/stack.js";
import { significant } from "../../report/numbers.js";
import { day } from "../../report/page/card.js";
import { figure, halfFigure, unfolding } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { commandLine, environmentFacts, factList, jsonLink } from "../../report/page/provenance.js";
import {
  sectionsBy,
  type PageForm,
  type Section,
  type SectionContext,
} from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { ConnectionsStudy, LoadComparison, LoadDocument } from "./document.js";
import { ratesChart, sharesChart } from "./report/charts.js";
import { connectionsChart, waitsChart } from "./report/connection-charts.js";
import { CONNECTION_HEADS, connectionRows, connectionSentences } from "./report/connections.js";
import { comparedKinds, kindSentences, kindsChart } from "./report/kinds.js";
import { evidenceOf, verdictSentence } from "./report/verdict.js";
import { comparisonSentences, loadHeadline } from "./report/sentences.js";
import { cellText, documentsAs, groupsOf, rowCount } from "./report/words.js";

function firstScreen(document: LoadDocument, added?: Markup): Markup {
  const [answer, ...more] = loadHeadline(document).split(/(?<=\.) (?=[A-Z])/);
  const kinds = kindSentences(document.comparisons);
  const sentences =
    kinds.length > 0
      ? [...more, ...kinds.slice(1)]
      : [...more, ...document.comparisons.flatMap(comparisonSentences).slice(1)];
  return markup`<p class="answer">${answer}</p>
${document.complete ? undefined : markup`<p class="warning">Interrupted: partial results.</p>`}
${added}
${bullets(sentences)}`;
}

function methodsSection(document: LoadDocument): Section | undefined {
  if (document.comparisons.length === 0) return undefined;
  const { store } = document;
  const body = markup`${document.comparisons.map(
    (comparison) => markup`<h3>${comparison.table}${documentsAs(comparison)}</h3>
${figure((options) => chartSvg(ratesChart(comparison, store.server), options), `Higher is faster. Crosses are time-outs: that rate would have been needed to end in ${comparison.timeoutSeconds} s.`)}
${methodsTable(comparison)}`,
  )}`;
  return { id: "methods", title: "Methods by size", body };
}

function methodsTable(comparison: LoadComparison): Markup {
  const largest = comparison.sizes.length - 1;
  return dataTable({
    caption: `Rows a second, ${comparison.table}${documentsAs(comparison)}`,
    columns: [
      { head: "method", align: "left" },
      { head: "commits", align: "left" },
      ...comparison.sizes.map((rows) => ({ head: rowCount(rows), align: "right" as const })),
      { head: "client CPU µs/row", align: "right" },
      { head: "server CPU µs/row", align: "right" },
      { head: "stored B/row", align: "right" },
    ],
    rows: groupsOf(comparison).flatMap((group) =>
      group.rows.map(({ method, cells }) => {
        const last = cells.slice(0, largest + 1).findLast(({ status }) => status === "ok");
        const text = (value: number | null | undefined) =>
          value === null || value === undefined ? "" : significant(value);
        return {
          cells: [
            method.name,
            method.durability?.settings ?? "",
            ...cells.map(cellText),
            text(last?.clientCpuSeconds),
            text(last?.serverCpuSeconds),
            text(last?.storedBytesPerRow),
          ],
        };
      }),
    ),
  });
}

function kindsSection({ comparisons }: LoadDocument): Section | undefined {
  if (comparedKinds(comparisons).length === 0) return undefined;
  const body = markup`${figure((options) => stackSvg(kindsChart(comparisons), options), "Less is better. Of each method the largest number of rows; where the server is not seen, the client alone.")}
${bullets(kindSentences(comparisons))}`;
  return { id: "documents", title: "What documents are kept as", body };
}

function connectionsSection({ connections, store }: LoadDocument): Section | undefined {
  if (connections === null) return undefined;
  const body = markup`${halfFigure((options) => chartSvg(connectionsChart(connections, store.server), options), "Higher is faster.")}
${halfFigure((options) => stackSvg(waitsChart(connections), options), "Looked at 25 times a second; idle is waiting for the client.")}
${unfolding("The table", connectionsTable(connections))}
${bullets(connectionSentences(connections).slice(1))}`;
  return { id: "connections", title: "Connections", body };
}

function connectionsTable(study: ConnectionsStudy): Markup {
  return dataTable({
    caption:
      "Single rows over connections; rates of commits while an index was kept, while somebody read, and alone",
    columns: CONNECTION_HEADS.map((head, index) => ({
      head,
      align: index === 0 || index === CONNECTION_HEADS.length - 1 ? ("left" as const) : "right",
    })),
    rows: connectionRows(study).map((cells) => ({ cells })),
  });
}

function verdictSection({ verdicts = [] }: LoadDocument): Section | undefined {
  if (verdicts.length === 0) return undefined;
  const chart = sharesChart(verdicts);
  const body = markup`${chart === undefined ? undefined : figure((options) => stackSvg(chart, options), `${chart.title}.`)}${verdicts.map(
    (
      study,
    ) => markup`${verdicts.length === 1 ? undefined : markup`<h3>${verdictSentence(study)}</h3>`}
${factList(evidenceOf(study))}${bullets(study.caveats)}`,
  )}`;
  return { id: "verdict", title: "What binds", body };
}

function measuredSection(document: LoadDocument, { tools }: SectionContext): Section {
  const { store } = document;
  const body = markup`${factList([
    ["made by", commandLine(document.command)],
    ["when", document.createdAt],
    ["store", `${store.server}, by ${store.driver}`],
    ...environmentFacts(document.environment),
  ])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was measured", body };
}

/** What was loaded, into what, and which of the questions of a load was asked. */
function subject({ payload, store, connections, values, verdicts = [] }: LoadDocument): string {
  const asked = [
    ...(verdicts.length > 0 ? ["what binds"] : []),
    ...(connections === null ? [] : ["by connections"]),
    ...(values === null ? [] : ["what values lose"]),
  ];
  const from = payload === null ? "" : `of ${payload.source} `;
  return [`${from}into ${store.name}`, ...asked].join(", ");
}

export const loadPage: PageForm<LoadDocument> = {
  title: () => "Loading a database",
  subject,
  subtitle: ({ store, environment, createdAt }) =>
    `${store.server} by ${store.driver}, on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) =>
    sectionsBy(
      [kindsSection, methodsSection, verdictSection, connectionsSection, measuredSection],
      document,
      context,
    ),
};
