/** How a gate becomes part of a page. */
import { chartSvg } from "../../report/chart/svg.js";
import { day } from "../../report/page/card.js";
import { figure, unfolding } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { machineLine, measuredSection } from "../../report/page/measured.js";
import { commandLine } from "../../report/page/provenance.js";
import type { NamedDocument, PageForm, Section } from "../../report/page/section.js";
import { dataTable } from "../../report/page/table.js";
import type { GateDocument } from "./document.js";
import { pairsChart, pairsOf } from "./report/charts.js";
import {
  HISTORY_HEADS,
  historyChart,
  historyEntries,
  historyRows,
  seriesOf,
} from "./report/history.js";
import { cellSentence, gateAnswer } from "./report/sentence.js";
import { GATE_HEADS, gateRows } from "./report/table.js";
import { waysText } from "./report/ways.js";

function firstScreen(document: GateDocument): Markup {
  return markup`<p class="answer">${gateAnswer(document)}</p>
${document.complete ? undefined : markup`<p class="warning">Interrupted: partial results.</p>`}`;
}

function pairsSection(document: GateDocument): Section {
  const body = markup`${pairsOf(document)
    .filter(({ changes }) => changes.length > 0)
    .map((pairs) => {
      const { cell, changes } = pairs;
      const table = dataTable({
        caption: `Pairs of ${cell.name}`,
        columns: [
          { head: "pair", align: "right" },
          { head: "slower by %", align: "right" },
        ],
        rows: changes.map((change, index) => ({ cells: [String(index + 1), change.toFixed(2)] })),
      });
      return markup`<h3>${cell.name}</h3>${figure((options) => chartSvg(pairsChart(pairs), options), `${pairsChart(pairs).title}.`)}${document.gate.cells.length === 1 ? undefined : markup`<p>${cellSentence(cell)}</p>`}${unfolding("The same as a table", table)}`;
    })}`;
  return { id: "pairs", title: "Pair by pair", body };
}

function cellsSection(document: GateDocument): Section {
  const body = dataTable({
    caption: "Cells: time is processor time, and more is slower",
    columns: GATE_HEADS.map((head, index) => ({
      head,
      align: index < 2 ? ("left" as const) : ("right" as const),
    })),
    rows: gateRows(document).map((cells) => ({ cells })),
  });
  return { id: "cells", title: "All cells", body };
}

/** Gates of the same cells against the same release, over time; nothing where there is but one. */
function overTime(all: readonly NamedDocument<GateDocument>[]): Markup | undefined {
  const series = seriesOf(
    all.flatMap(({ document }) => historyEntries(document, undefined)),
  ).filter(({ ratios }) => ratios.length > 1);
  if (series.length === 0) return undefined;
  const chart = historyChart(series);
  const table = dataTable({
    caption: "Levels that gates kept over time",
    columns: HISTORY_HEADS.map((head, index) => ({ head, align: index < 3 ? "left" : "right" })),
    rows: historyRows(series).map((cells) => ({ cells })),
  });
  return markup`<h3>Gates over time</h3>${figure((options) => chartSvg(chart, options), `${chart.title}.`)}${table}`;
}

export const gatePage: PageForm<GateDocument> = {
  title: () => "Gate: did a change make it slower?",
  subject: ({ gate }) => `of ${gate.candidate} against ${gate.baseline}`,
  subtitle: ({ gate, environment, createdAt }) =>
    `${gate.candidate} against ${gate.baseline}, on ${machineLine(environment)}; ${day(createdAt)}`,
  firstScreen,
  beside: overTime,
  sections: (document, context) => [
    pairsSection(document),
    cellsSection(document),
    measuredSection(
      document,
      [
        ["made by", commandLine(document.command)],
        ...(document.gate.ways === undefined
          ? []
          : ([["pairs", waysText(document.gate.ways)]] as [string, string][])),
      ],
      document.environment,
      context,
    ),
  ],
};
