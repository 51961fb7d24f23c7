/** How publishing becomes part of a page. */
import { stackSvg } from "../../report/chart/stack.js";
import { bytes, short, significant } from "../../report/numbers.js";
import { card, day } from "../../report/page/card.js";
import { figure, unfolding } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { machineLine, measuredSection } from "../../report/page/measured.js";
import { commandLine } from "../../report/page/provenance.js";
import { sectionsBy, type PageForm, type Section } from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { PublishDocument } from "./document.js";
import { aloneRows } from "./report/alone.js";
import { timeChart } from "./report/charts.js";
import { onceSentence, publishHeadline, smallMessages, whatHolds } from "./report/sentences.js";

function firstScreen(document: PublishDocument): Markup {
  const { published } = document;
  const { facts, messages, encodedBytes, storedBytes, wallSeconds } = published;
  const { p50 = 0, p99 = 0 } = published.latencyMilliseconds ?? {};
  const cards = markup`<div class="cards">
${card("Facts", `${short(facts / wallSeconds)} facts/s`, `${facts} facts in ${significant(wallSeconds)} s`)}
${card("Messages", `${short(messages / wallSeconds)} messages/s`, `${messages} of ${bytes(encodedBytes / messages)}`)}
${card("Acknowledged after", `${significant(p50)} ms`, `p99 ${significant(p99)} ms; a round trip takes ${significant(published.pingSeconds * 1000)} ms`)}
${card("Stored", bytes(storedBytes), `of ${bytes(encodedBytes)} of JSON`)}
</div>`;
  return markup`<p class="answer">${publishHeadline(document)}</p>
${document.complete ? undefined : markup`<p class="warning">Interrupted; the same command goes on.</p>`}
${facts === 0 ? undefined : cards}
${bullets([...whatHolds(document), ...smallMessages(document)])}`;
}

function timeSection(document: PublishDocument): Section | undefined {
  const chart = timeChart(document);
  if (chart === undefined) return undefined;
  const table = dataTable({
    caption: "Seconds of the client",
    columns: chart.parts.map((head) => ({ head, align: "right" as const })),
    rows: chart.bars.map(({ values }) => ({ cells: values.map(significant) })),
  });
  const body = markup`${figure((options) => stackSvg(chart, options), `${chart.title}.`)}${unfolding("The table", table)}`;
  return { id: "time", title: "Where the time goes", body };
}

function aloneSection(document: PublishDocument): Section | undefined {
  if (document.alone === undefined) return undefined;
  const [heads = [], ...rows] = aloneRows(document);
  const body = dataTable({
    caption: "Parts of the way, each alone: more is faster",
    columns: heads.map((head, index) => ({ head, align: index === 0 ? "left" : "right" })),
    rows: rows.map((cells) => ({ cells })),
  });
  return { id: "alone", title: "What each part can do alone", body };
}

function keptSection(document: PublishDocument): Section {
  const { stream } = document;
  const table = dataTable({
    caption: "The stream",
    columns: [
      { head: "name", align: "left" },
      { head: "subject", align: "left" },
      { head: "server", align: "left" },
      { head: "kept in", align: "left" },
      { head: "replicas", align: "right" },
      { head: "in flight at most", align: "left" },
    ],
    rows: [
      {
        cells: [
          stream.name,
          stream.subject,
          `${stream.server}, ${stream.address}`,
          stream.storage,
          String(stream.replicas),
          `${stream.mostInFlight.messages} messages, ${bytes(stream.mostInFlight.bytes)}`,
        ],
      },
    ],
  });
  return {
    id: "kept",
    title: "What is kept",
    body: markup`<p>${onceSentence(document)}</p>${table}${bullets(document.warnings)}`,
  };
}

export const publishPage: PageForm<PublishDocument> = {
  title: () => "Publishing facts into a stream",
  subject: ({ published, stream }) => `of ${published.source} into ${stream.name}`,
  subtitle: ({ published, stream, environment, createdAt }) =>
    `${published.source} → json → ${stream.name} (${stream.server}), on ${machineLine(environment)}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) => [
    ...sectionsBy([timeSection, aloneSection, keptSection], document, context),
    measuredSection(
      document,
      [["made by", commandLine(document.command)]],
      document.environment,
      context,
    ),
  ],
};
