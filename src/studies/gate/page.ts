/** How a gate becomes part of a page. */
import { chartSvg } from "../../report/chart/svg.js";
import { day } from "../../report/page/card.js";
import { figure, unfolding } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { machineLine, measuredSection } from "../../report/page/measured.js";
import { commandLine } from "../../report/page/provenance.js";
import type { PageForm, Section } from "../../report/page/section.js";
import { dataTable } from "../../report/page/table.js";
import type { GateDocument } from "./document.js";
import { pairsChart, pairsOf } from "./report/charts.js";
import { cellSentence, gateHeadline } from "./report/sentence.js";
import { GATE_HEADS, gateRows } from "./report/table.js";
import { waysText } from "./report/ways.js";

function firstScreen(document: GateDocument): Markup {
  return markup`<p class="answer">${gateHeadline(document)}</p>
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
      return markup`<h3>${cell.name}</h3>${figure((options) => chartSvg(pairsChart(pairs), options), cellSentence(cell))}${unfolding("The same as a table", table)}`;
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

export const gatePage: PageForm<GateDocument> = {
  title: () => "Gate: did a change make it slower?",
  subtitle: ({ gate, environment, createdAt }) =>
    `${gate.candidate} against ${gate.baseline}, on ${machineLine(environment)}; ${day(createdAt)}`,
  firstScreen,
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
