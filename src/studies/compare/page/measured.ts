/** How it was measured, what to know before believing it, and every raw figure to take along. */
import type { ResultDocument } from "../document.js";
import { notesOf } from "../report/notes.js";
import { percent } from "../../../report/numbers.js";
import { trialsCsv } from "../report/trials-csv.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import {
  commandLine,
  embedded,
  environmentFacts,
  factList,
  jsonLink,
} from "../../../report/page/provenance.js";
import type { PageTools, Section, SectionContext } from "../../../report/page/section.js";

/** Machine, versions, configuration, broken rules and raw figures of a comparison. */
export function measuredSection(
  document: ResultDocument,
  { tools }: SectionContext,
): Section | undefined {
  const { configuration } = document;
  const notes = notesOf(document);
  const world = configuration.input ?? `generated, seed ${configuration.seed}`;
  const body = markup`${notes.length === 0 ? undefined : markup`<h3>Know before you believe it</h3><ul>${notes.map((note) => markup`<li>${note}</li>\n`)}</ul>`}
${factList([
  ["made by", commandLine(configuration.command)],
  ["when", document.createdAt],
  ["facts", `${document.payload.facts} distinct facts of ${document.payload.source}, ${world}`],
  ...environmentFacts(document.environment),
  ["files", configuration.sink === "null" ? "none" : `synced: ${configuration.sync}`],
  [
    "trials",
    `up to ${configuration.trials} of each scenario: fewer once it is known to ± ${percent(configuration.precision)} %, or after ${configuration.budgetSeconds} s`,
  ],
])}
<p>Every trial is a fresh process; their order is shuffled in every round. Figures are medians over trials with 95 % intervals that assume no distribution. Set-up and warm-up are not in them; garbage collection is.</p>
<h3>Raw figures</h3>${downloads(document, tools)}`;
  return { id: "measured", title: "How it was measured", body };
}

/** Links that hold what they lead to. */
function downloads(document: ResultDocument, tools: PageTools): Markup {
  const csv = trialsCsv(document);
  return markup`<ul>${embedded("trials.csv", "every trial and its counters, as CSV", "text/csv", Buffer.from(csv))}
${jsonLink(document, tools)}</ul>`;
}
