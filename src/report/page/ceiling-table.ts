/** What each part of a pipeline can do alone, as a table. */
import type { Verdict } from "../../verdict/result.js";
import { significant } from "../numbers.js";
import { WORDS } from "../verdict.js";
import { markup, type Markup } from "./markup.js";
import { dataTable } from "./table.js";

type Found = Verdict["evidence"]["codec"];

/** The parts that can have a ceiling, by their heads. */
const PARTS = [
  ["source", "source"],
  ["encode", "encode"],
  ["codec", "codec"],
  ["write", "write"],
  ["together", "pipeline"],
] as const;

/** A row for each pipeline, with the figures of its parts and what binds it. */
export function ceilingTable(
  rows: readonly { name: string; codec: string; verdict: Verdict }[],
): Markup {
  const parts = PARTS.filter(([, part]) => rows.some(({ verdict }) => verdict.evidence[part]));
  return dataTable({
    caption: "Facts per second of each part alone and of all together, with their 95 % intervals",
    columns: [
      { head: "what", align: "left" },
      ...[...parts.map(([head]) => head), "crossover MB/s"].map((head) => ({
        head,
        align: "right" as const,
      })),
      { head: "verdict", align: "left" },
    ],
    rows: rows.map(({ name, codec, verdict: { kind, evidence, whatIf } }) => ({
      codec,
      cells: [
        name,
        ...parts.map(([, part]) => figure(evidence[part])),
        whatIf === null ? "-" : significant(whatIf.crossoverBytesPerSecond / 1e6),
        WORDS[kind],
      ],
    })),
  });
}

function figure(found: Found): string | Markup {
  if (found === null) return "-";
  const { median, low, high } = found;
  const range = high === null ? "" : `${significant(low)} to ${significant(high)}`;
  return markup`${significant(median)} <small>${range}</small>`;
}
