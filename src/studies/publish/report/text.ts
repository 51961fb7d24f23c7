/** Publishing as people read it in a terminal. */
import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import { besideOrBelow, onScreen, wrapped } from "../../../report/layout.js";
import { bytes, significant } from "../../../report/numbers.js";
import type { TextOptions } from "../../../report/options.js";
import type { PublishDocument } from "../document.js";
import { aloneTable } from "./alone.js";
import { onceSentence, publishHeadline, smallMessages, whatHolds } from "./sentences.js";

/** Ends with a newline. */
export function publishText(given: PublishDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { stream, published, environment, warnings } = document;
  const { facts, present, ended } = published;
  const kept = `${stream.storage}, ${stream.replicas} ${stream.replicas === 1 ? "replica" : "replicas"}`;
  const made = stream.isNew ? ", made now" : "";
  const unit = published.unit === "fact" ? "a fact a message" : "lines of several facts a message";
  const lines = [
    paint.bold(
      `hellfact ${environment.toolVersion}   Node ${environment.node}   ${environment.cpuModel}, ${environment.cores} cores`,
    ),
    ...besideOrBelow(
      `${published.source} → json, ${unit} → ${stream.name} (${kept}${made})`,
      stream.server,
    ),
    "",
    ...(facts === 0 ? wrapped(publishHeadline(document)) : figures(document, paint.bold)),
    ...(present > 0 && facts > 0 ? [`${present} facts were there already`] : []),
    "",
    ...wrapped(onceSentence(document)),
    ...(document.alone === undefined ? [] : ["", ...aloneTable(document), ""]),
    ...[...whatHolds(document), ...smallMessages(document)].flatMap(wrapped),
    ...(ended === null
      ? wrapped("note: interrupted; the same command goes on.").map(paint.yellow)
      : []),
    ...warnings.flatMap((warning) => wrapped(`note: ${warning}`)).map(paint.yellow),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

function figures(
  { stream, published }: PublishDocument,
  bold: (text: string) => string,
): readonly string[] {
  const { facts, messages, encodedBytes, storedBytes, wallSeconds, latencyMilliseconds } =
    published;
  const milliseconds = (value: number) => `${significant(value)} ms`;
  const { p50 = 0, p99 = 0, max = 0 } = latencyMilliseconds ?? {};
  const { mostInFlight: most, mostMessageBytes } = stream;
  return [
    bold(
      `${significant(facts / wallSeconds)} facts/s   ${significant(messages / wallSeconds)} messages/s   ${bytes(encodedBytes / wallSeconds)}/s of JSON`,
    ),
    `${facts} facts in ${significant(wallSeconds)} s   ${messages} messages of ${bytes(encodedBytes / messages)} (at most ${bytes(mostMessageBytes)})   ${bytes(storedBytes)} stored`,
    `acknowledged after p50 ${milliseconds(p50)}   p99 ${milliseconds(p99)}   max ${milliseconds(max)}   round trip ${milliseconds(published.pingSeconds * 1000)}`,
    `at most ${most.messages} messages or ${bytes(most.bytes)} in flight`,
  ];
}
