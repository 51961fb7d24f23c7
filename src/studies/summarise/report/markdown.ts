import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import type { SummariseDocument } from "../document.js";
import { certaintySentences, checkSentence, summariseHeadline, workSentence } from "./sentences.js";
import { summaryTables } from "./tables.js";

/** A summary as a wiki or a pull request shows it. Ends with a newline. */
export function summariseMarkdown(given: SummariseDocument): string {
  const document = forMarkdown(given);
  const check = checkSentence(document);
  const sentences = [
    ...certaintySentences(document),
    ...(check === undefined ? [] : [check]),
    workSentence(document),
    ...document.notes,
  ];
  return [
    `### ${summariseHeadline(document)}`,
    "",
    ...summaryTables(document).flatMap(({ title, head, rows, words }) => [
      `**${title}**`,
      "",
      markdownTable([head, ...rows], {
        align: head.map((_, index) => (index < words ? "l" : "r")),
        stringLength: (text) => text.length,
      }),
      "",
    ]),
    ...sentences.map((sentence) => `- ${sentence}`),
    "",
  ].join("\n");
}
