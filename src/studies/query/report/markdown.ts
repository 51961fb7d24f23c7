import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import { bytes } from "../../../report/numbers.js";
import type { QueryDocument } from "../document.js";
import { PAY_HEADS, payRows, RATE_HEADS, rateRows, wayProblems } from "./rows.js";
import { querySentences } from "./sentences.js";

/** A comparison as a pull request or a wiki shows it. Ends with a newline. */
export function queryMarkdown(given: QueryDocument): string {
  const document = forMarkdown(given);
  const { environment, facts, jsonBytes } = document;
  const align = (heads: readonly string[], names: number) => ({
    align: heads.map((_, place) => (place < names ? "l" : "r")),
  });
  return [
    "### Ways to keep and ask facts",
    "",
    `${facts} facts, ${bytes(jsonBytes)} of JSON, on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; answers/s`,
    "",
    markdownTable([RATE_HEADS, ...rateRows(document)], align(RATE_HEADS, 1)),
    "",
    markdownTable([PAY_HEADS, ...payRows(document)], align(PAY_HEADS, 2)),
    "",
    ...[...querySentences(document), ...wayProblems(document)].map((line) => `- ${line}`),
    "",
  ].join("\n");
}
