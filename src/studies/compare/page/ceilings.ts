import type { ResultDocument } from "../document.js";
import type { RunDocument } from "../../run/document.js";
import type { Verdict } from "../../../verdict/result.js";
import { choiceName } from "../report/names.js";
import { significant } from "../../../report/numbers.js";
import { judgedWrites, verdictSentences, WORDS } from "../../../report/verdict.js";
import { unfolding } from "../../../report/page/figure.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import type { Section } from "../../../report/page/section.js";
import { dataTable, paragraphs } from "../../../report/page/table.js";

type Found = Verdict["evidence"]["codec"];

/** What each part of every write can do alone, what binds, and all that is known about it. */
export function ceilingsSection(document: ResultDocument): Section | undefined {
  const judged = judgedWrites(document);
  if (judged.length === 0) return undefined;
  const table = ceilingTable(
    judged.map((write) => ({
      name: choiceName(write),
      codec: write.codec,
      verdict: write.verdict,
    })),
  );
  const each = judged.map(
    (write) =>
      markup`<h3>${choiceName(write)}</h3>${paragraphs(verdictSentences(write.verdict, `writing ${choiceName(write)}`))}`,
  );
  const body = markup`${table}${unfolding("Each verdict with its evidence", markup`${each}`)}`;
  return { id: "ceilings", title: "What each part can do alone", body };
}

/** The same of a run. */
export function runCeilingsSection({ run }: RunDocument): Section | undefined {
  if (run.verdict === undefined) return undefined;
  const body = ceilingTable([{ name: run.codec, codec: run.codec, verdict: run.verdict }]);
  return { id: "ceilings", title: "What each part can do alone", body };
}

/** The parts that can have a ceiling, by their heads. */
const PARTS = [
  ["source", "generator"],
  ["encode", "encode"],
  ["codec", "codec"],
  ["sink", "sink"],
  ["together", "pipeline"],
] as const;

function ceilingTable(rows: readonly { name: string; codec: string; verdict: Verdict }[]): Markup {
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
