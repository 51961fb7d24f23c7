import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import { significant } from "../../../report/numbers.js";
import type { LoadComparison, LoadDocument } from "../document.js";
import { connectionSentences } from "./connections.js";
import { kindSentences } from "./kinds.js";
import { partsSentences } from "./parts.js";
import { comparisonSentences } from "./sentences.js";
import { evidenceOf, verdictSentence } from "./verdict.js";
import { cellText, documentsAs, groupsOf, rowCount, short } from "./words.js";

/** Loads as a pull request or a wiki shows them. Ends with a newline. */
export function loadMarkdown(given: LoadDocument): string {
  const { store, comparisons, connections, verdicts = [], parts, environment } = forMarkdown(given);
  const where = `${store.driver} on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}`;
  return [
    `### Loading ${store.server}`,
    "",
    where,
    "",
    ...(parts === null ? [] : [partsSentences(parts, store.server).join(" "), ""]),
    ...comparisons.flatMap((comparison) => [
      `**${comparison.table}**, ${comparison.columns} columns${documentsAs(comparison)}, rows/s`,
      "",
      comparisonTable(comparison),
      "",
      ...comparisonSentences(comparison).map((sentence) => `- ${sentence}`),
      "",
    ]),
    ...kindSentences(comparisons).map((sentence) => `- ${sentence}`),
    ...(connections === null
      ? []
      : [
          connectionTable(connections),
          "",
          ...connectionSentences(connections).map((sentence) => `- ${sentence}`),
          "",
        ]),
    ...verdicts.flatMap((study) => [
      `**${verdictSentence(study)}**`,
      "",
      markdownTable([["evidence", ""], ...evidenceOf(study)]),
      "",
    ]),
  ].join("\n");
}

function comparisonTable(comparison: LoadComparison): string {
  const rows = groupsOf(comparison).flatMap((group) =>
    group.rows.map(({ method, cells }) => [
      method.name,
      method.durability?.settings ?? "-",
      ...cells.map(cellText),
    ]),
  );
  return markdownTable([["method", "commits", ...comparison.sizes.map(rowCount)], ...rows], {
    align: ["l", "l", ...comparison.sizes.map(() => "r")],
  });
}

function connectionTable({ cells }: NonNullable<LoadDocument["connections"]>): string {
  const heads = ["scheduling", "connections", "rate", "rows/s", "p50 ms", "p99 ms", "idle %"];
  const rows = cells.map((cell) => [
    cell.scheduling,
    String(cell.connections),
    cell.phase,
    short(cell.committedPerSecond.median),
    significant(cell.latencyMilliseconds.p50),
    significant(cell.latencyMilliseconds.p99),
    significant((cell.waits.find(({ what }) => what === "idle")?.share ?? 0) * 100),
  ]);
  return markdownTable([heads, ...rows], { align: ["l", "r", "l", "r", "r", "r", "r"] });
}
