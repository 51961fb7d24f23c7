import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import type { SizingDocument } from "../document.js";
import { broken } from "../../../report/layout.js";
import { cheapestConclusion, runnerUpColumns, wayColumns } from "./cheapest.js";
import { CLUSTER_ALIGNS, clusterRows, clusterSentences, rangeSentence } from "./cluster.js";
import { jsonColumns, machineColumns, moneyColumns, type SizingColumn } from "./columns.js";
import { sizingConclusion } from "./conclusion.js";
import { cheapestFootnotes, footnotesOf } from "./footnotes.js";
import { headlines, machineText } from "./headline.js";
import { notCounted, unsizedNotes } from "./notes.js";

/** A sizing as Markdown, with all that belongs to it. */
export function sizingMarkdown(given: SizingDocument): string {
  const document = forMarkdown(given);
  const { machines, cheapest } = document;
  const blocks = [
    headlines(document)
      .map(([label, text]) => `- **${label}** ${text}`)
      .join("\n"),
    ...(cheapest === null
      ? machines.flatMap((sizing) => {
          const { machine, rows } = sizing;
          const footnotes = footnotesOf(rows, "long");
          return [
            `### ${machineText(machine, document.prices)}`,
            tableOf(machineColumns(rows, footnotes), rows),
            tableOf(moneyColumns(rows), rows),
            ...(rows.some(({ againstJson }) => againstJson !== null)
              ? ["Beside plain json (below zero: less):", tableOf(jsonColumns(rows), rows)]
              : []),
            sizingConclusion(sizing, document).join(" "),
            bullets(footnotes.lines),
          ];
        })
      : cheapestBlocks(document, cheapest)),
    ...(document.cluster ?? []).flatMap((cluster) => [
      `### On a cluster of ${cluster.machine}`,
      rangeSentence(cluster),
      markdownTable(clusterRows(cluster), { align: [...CLUSTER_ALIGNS] }),
      clusterSentences(cluster).join(" "),
    ]),
    notCounted(document),
    bullets(unsizedNotes(document)),
  ];
  return `${blocks
    .filter((block) => block !== "")
    .map(broken)
    .join("\n\n")}\n`;
}

function cheapestBlocks(
  document: SizingDocument,
  cheapest: NonNullable<SizingDocument["cheapest"]>,
): string[] {
  const { ways, runnersUp } = cheapest;
  const footnotes = cheapestFootnotes(cheapest);
  const isStored = document.terms.storage !== null;
  return [
    tableOf(wayColumns(ways, footnotes, isStored), ways),
    ...(runnersUp.length === 0
      ? []
      : [
          "Other machines for the first of them:",
          tableOf(runnerUpColumns(footnotes, isStored), runnersUp),
        ]),
    cheapestConclusion(document, cheapest).join(" "),
    bullets(footnotes.lines),
  ];
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function tableOf<R>(columns: readonly SizingColumn<R>[], rows: readonly R[]): string {
  return markdownTable(
    [
      columns.map(({ title }) => title),
      ...rows.map((row) => columns.map((column) => column.cell(row).trim())),
    ],
    { align: columns.map(({ align }) => align) },
  );
}
