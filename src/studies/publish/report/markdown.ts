import { markdownTable } from "markdown-table";
import { forMarkdown } from "../../../core/foreign-text.js";
import { bytes, significant } from "../../../report/numbers.js";
import type { PublishDocument } from "../document.js";
import { aloneRows } from "./alone.js";
import { onceSentence, publishHeadline, smallMessages, whatHolds } from "./sentences.js";

/** Publishing as a pull request or a wiki shows it. Ends with a newline. */
export function publishMarkdown(given: PublishDocument): string {
  const document = forMarkdown(given);
  const { stream, published, environment, warnings, alone } = document;
  const { server, storage, replicas } = stream;
  const notes = [...whatHolds(document), ...smallMessages(document), ...warnings];
  const blocks = [
    `### ${publishHeadline(document)}`,
    `${published.source} into ${server} (storage: ${storage}, replicas: ${replicas}), from ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}.`,
    ...(published.facts === 0 ? [] : [figuresTable(published)]),
    onceSentence(document),
    ...(alone === undefined
      ? []
      : [markdownTable(aloneRows(document), { align: ["l", "r", "r"] })]),
    notes.map((note) => `- ${note}`).join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function figuresTable(published: PublishDocument["published"]): string {
  const { facts, messages, encodedBytes, storedBytes, wallSeconds, latencyMilliseconds } =
    published;
  const { p50, p99, max } = latencyMilliseconds ?? {};
  const columns = [
    ["facts", String(facts)],
    ["messages", String(messages)],
    ["facts/s", significant(facts / wallSeconds)],
    ["of JSON", `${bytes(encodedBytes / wallSeconds)}/s`],
    ["stored", bytes(storedBytes)],
    ...Object.entries({ p50, p99, max }).map(([name, milliseconds]) => [
      `acknowledged, ${name} ms`,
      milliseconds === undefined ? "-" : significant(milliseconds),
    ]),
  ];
  const rows = [columns.map(([head = ""]) => head), columns.map(([, cell = ""]) => cell)];
  return markdownTable(rows, { align: columns.map(() => "r") });
}
