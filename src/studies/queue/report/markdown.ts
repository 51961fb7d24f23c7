import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import type { QueueDocument } from "../document.js";
import { failureSentences, queueHeadline, queueSentences } from "./sentences.js";
import { STAGE_HEAD, stageRows } from "./tables.js";

/** A queue as a wiki or a pull request shows it. Ends with a newline. */
export function queueMarkdown(given: QueueDocument): string {
  const document = forMarkdown(given);
  const sentences = [...failureSentences(document), ...queueSentences(document), ...document.notes];
  return [
    `### ${queueHeadline(document)}`,
    "",
    markdownTable([STAGE_HEAD, ...stageRows(document)], {
      align: STAGE_HEAD.map((_, index) => (index === 0 ? "l" : "r")),
      stringLength: (text) => text.length,
    }),
    "",
    ...sentences.map((sentence) => `- ${sentence}`),
    "",
  ].join("\n");
}
