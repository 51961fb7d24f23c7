/** What parts of the way into a stream do alone, and what that says. */
import { median } from "simple-statistics";
import { borderless } from "../../../report/layout.js";
import { bytes, percent, significant } from "../../../report/numbers.js";
import type { PublishDocument } from "../document.js";
import { judge, type Round } from "../model/judge.js";

const PARTS = {
  source: "facts made and written as JSON, sent nowhere",
  nobody: "sent past JetStream, to nobody",
  memory: "into a stream in memory",
  file: "into a stream in files",
} as const;

/** Heads, and medians over rounds, each with what it is. */
export function aloneRows({ alone = [], published }: PublishDocument): string[][] {
  const bytesPerFact = published.facts === 0 ? NaN : published.encodedBytes / published.facts;
  const rows = Object.entries(PARTS).map(([part, what]) => {
    const rate = medianOf(alone, part as keyof Round);
    const speed = Number.isFinite(bytesPerFact) ? `${bytes(rate * bytesPerFact)}/s` : "";
    return [what, significant(rate), speed];
  });
  return [["alone", "facts/s", "of JSON"], ...rows];
}

/** The same as people read it in a terminal. */
export function aloneTable(document: PublishDocument): string[] {
  const table = borderless({ gap: 3, colAligns: ["left", "right", "right"] });
  table.push(...aloneRows(document));
  return table.toString().split("\n");
}

/** How much of the client's time goes into making facts; "" where that was not measured. */
export function sourceShare({ alone = [], published }: PublishDocument): string {
  if (alone.length === 0) return "";
  const share = published.facts / published.wallSeconds / medianOf(alone, "source");
  return ` Making facts and writing them as JSON takes ${percent(Math.min(1, share))} % of it.`;
}

/** What those wait for who wait. */
export function bindsSentence({ alone = [], published, stream }: PublishDocument): string {
  const waited = published.waitedSeconds / published.wallSeconds;
  const verdict = judge(alone, waited, stream.storage === "file");
  if (verdict.kind === "inconclusive") return `What for cannot be told: ${verdict.why}.`;
  const local = /\/\/(?:127\.0\.0\.1|localhost)[:,]/.test(stream.address)
    ? " (Client and server share this machine's cores.)"
    : "";
  const what = {
    client: "The client binds",
    storage: "The server's storage binds: into memory it goes faster",
    server: "The server's JetStream binds: past it the same messages go faster",
    network: "The network binds, or the server's reading of it: past JetStream it goes no faster",
  }[verdict.by];
  return `${what}.${local}`;
}

function medianOf(rounds: readonly Round[], part: keyof Round): number {
  return rounds.length === 0 ? 0 : median(rounds.map((round) => round[part]));
}
