import type { ResultDocument } from "../document.js";
import { ceilingTable } from "../../../report/page/ceiling-table.js";
import { verdictSentences } from "../../../report/verdict.js";
import { judgedWrites } from "../report/verdict.js";
import { writeName } from "../report/write-name.js";
import { unfolding } from "../../../report/page/figure.js";
import { markup } from "../../../report/page/markup.js";
import type { Section } from "../../../report/page/section.js";
import { paragraphs } from "../../../report/page/table.js";

/** What each part of every write can do alone, what binds, and all that is known about it. */
export function ceilingsSection(document: ResultDocument): Section | undefined {
  const judged = judgedWrites(document);
  if (judged.length === 0) return undefined;
  const table = ceilingTable(
    judged.map((write) => ({
      name: writeName(document, write),
      codec: write.codec,
      verdict: write.verdict,
    })),
  );
  const each = judged.map((write) => {
    const name = writeName(document, write);
    return markup`<h3>${name}</h3>${paragraphs(verdictSentences(write.verdict, `writing ${name}`))}`;
  });
  const body = markup`${table}${unfolding("Each verdict with its evidence", markup`${each}`)}`;
  return { id: "ceilings", title: "What each part can do alone", body };
}
