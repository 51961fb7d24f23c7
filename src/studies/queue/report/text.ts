/** A queue as people read it in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import type { TextOptions } from "../../../report/options.js";
import type { QueueDocument } from "../document.js";
import { failureSentences, queueHeadline, queueSentences } from "./sentences.js";
import { STAGE_HEAD, stageRows } from "./tables.js";

/** Ends with a newline. */
export function queueText(given: QueueDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const table = borderless({
    gap: 2,
    head: [...STAGE_HEAD],
    colAligns: STAGE_HEAD.map((_, index) => (index === 0 ? "left" : "right")),
  });
  table.push(...stageRows(document));
  const lines = [
    ...wrapped(queueHeadline(document)).map(paint.bold),
    "",
    ...table.toString().split("\n"),
    "",
    ...failureSentences(document).flatMap(wrapped).map(paint.red),
    ...queueSentences(document).flatMap(wrapped),
    ...document.notes.flatMap((note) => wrapped(`note: ${note}`)).map(paint.yellow),
  ];
  return `\n${onScreen(lines)}\n\n`;
}
