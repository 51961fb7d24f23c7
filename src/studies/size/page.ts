/** Machines and money for a load, where somebody asked for them. */
import type { SizingDocument } from "./document.js";
import type { MachineSizing } from "./model/sizing.js";
import { barsSvg } from "../../report/chart/bars.js";
import { chartSvg } from "../../report/chart/svg.js";
import { broken } from "../../report/layout.js";
import { sizingChart } from "./report/chart.js";
import { cheapestChart } from "./report/drawings.js";
import { cheapestConclusion, runnerUpColumns, wayColumns } from "./report/cheapest.js";
import { jsonColumns, machineColumns, moneyColumns, type SizingColumn } from "./report/columns.js";
import { sizingConclusion } from "./report/conclusion.js";
import { cheapestFootnotes, footnotesOf } from "./report/footnotes.js";
import { headlines, machineText } from "./report/headline.js";
import { notCounted, unsizedNotes } from "./report/notes.js";
import { figure, unfolding } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { day } from "../../report/page/card.js";
import type { PageForm, Section } from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";

/** The load and its cost in a paragraph, for the first screen of what it was reckoned from. */
export function sizingSummary(document: SizingDocument): Markup {
  const [load] = headlines(document);
  return markup`<p class="besides"><b>The load and its cost.</b> ${load?.[1]}. ${broken(costSentences(document).join(" "))}</p>`;
}

function costSentences(document: SizingDocument): string[] {
  const { cheapest, machines } = document;
  return cheapest === null
    ? machines.slice(0, 1).flatMap((sizing) => sizingConclusion(sizing, document))
    : cheapestConclusion(document, cheapest);
}

function firstScreen(document: SizingDocument): Markup {
  const [answer = "Nothing can be sized; below is why.", ...more] = costSentences(document);
  const [load] = headlines(document);
  return markup`<p class="answer">${broken(answer)}</p>${bullets([...(load === undefined ? [] : [`The load: ${load[1]}.`]), ...more.map(broken)])}`;
}

/** Machines, money, and how both grow with the load. */
export function sizingSection(document: SizingDocument): Section {
  const { machines, cheapest } = document;
  const body = markup`<dl>${headlines(document).map(([label, text]) => markup`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
${machines.map((sizing) => machinePart(sizing, document))}
${cheapest === null ? undefined : cheapestPart(document, cheapest)}
${bullets([notCounted(document), ...unsizedNotes(document)].filter((note) => note !== "").map(broken))}`;
  return { id: "sizing", title: "What the load costs", body };
}

function machinePart(sizing: MachineSizing, document: SizingDocument): Markup {
  const { rows } = sizing;
  const footnotes = footnotesOf(rows, "long");
  const chart = sizingChart(sizing, document.terms);
  const against = rows.some(({ againstJson }) => againstJson !== null)
    ? tableOf("Beside plain json; below zero is less", jsonColumns(rows), rows)
    : undefined;
  return markup`<h3>${machineText(sizing.machine, document.prices)}</h3>
${figure((options) => chartSvg(chart, options), `${chart.title}.`)}
${unfolding("The tables", markup`${tableOf("Machines", machineColumns(rows, footnotes), rows)}${tableOf("Money", moneyColumns(rows), rows)}${against}${bullets(footnotes.lines.map(broken))}`)}`;
}

function cheapestPart(
  document: SizingDocument,
  cheapest: NonNullable<SizingDocument["cheapest"]>,
): Markup {
  const { ways, runnersUp } = cheapest;
  const footnotes = cheapestFootnotes(cheapest);
  const columns = wayColumns(ways, footnotes, document.terms.storage !== null);
  const chart = cheapestChart(cheapest);
  return markup`${figure((options) => barsSvg(chart, options), `${chart.title}.`)}${tableOf("The cheapest ways", columns, ways)}${runnersUp.length === 0 ? undefined : tableOf("Other machines for the first", runnerUpColumns(footnotes, document.terms.storage !== null), runnersUp)}${bullets(footnotes.lines.map(broken))}`;
}

function tableOf<R>(
  caption: string,
  columns: readonly SizingColumn<R>[],
  rows: readonly R[],
): Markup {
  return dataTable({
    caption,
    columns: columns.map(({ title, align }) => ({ head: title, align })),
    rows: rows.map((row) => ({ cells: columns.map((column) => broken(column.cell(row)).trim()) })),
  });
}

/** A sizing as a page of its own. */
export const sizingPage: PageForm<SizingDocument> = {
  title: () => "What the load costs",
  subject: ({ terms, cheapest }) =>
    `of ${terms.load.name}${cheapest === null ? "" : ", the cheapest"}`,
  subtitle: ({ measured }) =>
    `from ${measured.source}, measured on ${measured.cpuModel}, Node ${measured.node}; ${day(measured.measuredAt)}`,
  firstScreen,
  sections: (document) => [sizingSection(document)],
};
