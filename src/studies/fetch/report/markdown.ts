import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import type { FetchDocument } from "../document.js";
import { cellProblems, groupsOf, HEADS, rowOf } from "./rows.js";
import { fetchSentences } from "./sentences.js";

/** Fetches as a pull request or a wiki shows them. Ends with a newline. */
export function fetchMarkdown(given: FetchDocument): string {
  const document = forMarkdown(given);
  const { environment, rows, columns, servers } = document;
  const lines = groupsOf(document).flatMap(({ driver, cells }) =>
    cells.map((cell) => [driver, ...rowOf(cell, document)]),
  );
  return [
    `### Fetching ${rows} rows of ${columns} columns`,
    "",
    `${servers.join(", ")} on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}`,
    "",
    markdownTable([["driver", ...HEADS], ...lines], {
      align: ["l", ...HEADS.map((_, place) => (place < 2 ? "l" : "r"))],
    }),
    "",
    ...[...fetchSentences(document), ...cellProblems(document)].map((line) => `- ${line}`),
    "",
  ].join("\n");
}
