/** How it was measured, what to know before believing it, and every raw figure to take along. */
import type { ResultDocument } from "../document.js";
import type { EnvironmentFingerprint } from "../../../results/environment.js";
import type { RunDocument } from "../../run/document.js";
import { notesOf } from "../report/notes.js";
import { bytes, percent } from "../../../report/numbers.js";
import { trialsCsv } from "../report/trials-csv.js";
import { markup, type Markup } from "../../../report/page/markup.js";
import type { PageTools, Section, SectionContext } from "../../../report/page/section.js";

/** More than this, in bytes as they stand in the page, is not put into it. */
const MOST_EMBEDDED = 450_000;

/** Machine, versions, configuration, broken rules and raw figures of a comparison. */
export function measuredSection(
  document: ResultDocument,
  { tools }: SectionContext,
): Section | undefined {
  const { configuration } = document;
  const notes = notesOf(document);
  const world = configuration.input ?? `generated, seed ${configuration.seed}`;
  const body = markup`${notes.length === 0 ? undefined : markup`<h3>Know before you believe it</h3><ul>${notes.map((note) => markup`<li>${note}</li>\n`)}</ul>`}
${facts([
  ["made by", commandLine(configuration.command)],
  ["when", document.createdAt],
  ["facts", `${document.payload.facts} distinct facts of ${document.payload.source}, ${world}`],
  ...environmentFacts(document.environment),
  ["files", configuration.sink === "null" ? "none" : `synced: ${configuration.sync}`],
  [
    "trials",
    `${configuration.trials} or more of each scenario, until ±${percent(configuration.precision)} % or ${configuration.budgetSeconds} s`,
  ],
])}
<p>Every trial is a fresh process; their order is shuffled in every round. Figures are medians over trials with 95 % intervals that assume no distribution. Set-up and warm-up are not in them; garbage collection is.</p>
<h3>Raw figures</h3>${downloads(document, tools)}`;
  return { id: "measured", title: "How it was measured", body };
}

/** The same of a run of the pipeline. */
export function runMeasuredSection(document: RunDocument, { tools }: SectionContext): Section {
  const { run } = document;
  const body = markup`${run.incidents.length === 0 ? undefined : markup`<h3>What went wrong and was mended</h3><ul>${run.incidents.map((incident) => markup`<li>${incident}</li>`)}</ul>`}
${facts([
  ["made by", commandLine(document.command)],
  ["when", document.createdAt],
  ...environmentFacts(document.environment),
  ["files", run.sink === "null" ? "none" : `${run.parts} parts, synced: ${run.sync}`],
])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was measured", body };
}

function commandLine(words: readonly string[]): Markup {
  return markup`<code>${words.map((word) => (/^[\w./:,=@%+-]+$/.test(word) ? word : `'${word}'`)).join(" ")}</code>`;
}

function environmentFacts(environment: EnvironmentFingerprint): [string, string][] {
  const { cpuQuota, runtimeFlags, libraries } = environment;
  return [
    ["hellfact", environment.toolVersion],
    [
      "machine",
      `${environment.cpuModel}, ${environment.cores} cores${cpuQuota === null ? "" : `, limited to ${cpuQuota}`}, ${bytes(environment.memoryBytes)} of memory`,
    ],
    ["system", `${environment.platform} ${environment.kernel}, ${environment.architecture}`],
    ["runtime", `Node ${environment.node}, V8 ${environment.v8} ${runtimeFlags.join(" ")}`.trim()],
    [
      "libraries",
      Object.entries(libraries)
        .map(([name, version]) => `${name} ${version}`)
        .join(", ") || "none",
    ],
  ];
}

function facts(entries: readonly (readonly [string, string | Markup])[]): Markup {
  return markup`<dl>${entries.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>\n`)}</dl>`;
}

/** Links that hold what they lead to. */
function downloads(document: ResultDocument, tools: PageTools): Markup {
  const csv = trialsCsv(document);
  return markup`<ul>${embedded("trials.csv", "every trial and its counters, as CSV", "text/csv", Buffer.from(csv))}
${jsonLink(document, tools)}</ul>`;
}

function jsonLink(document: ResultDocument | RunDocument, { gzip }: PageTools): Markup {
  return embedded(
    "results.json.gz",
    "the whole result document with every sample, as gzipped JSON",
    "application/gzip",
    gzip(JSON.stringify(document)),
  );
}

function embedded(name: string, what: string, type: string, content: Uint8Array): Markup {
  if (content.length * (4 / 3) > MOST_EMBEDDED) {
    return markup`<li>${name}: ${what}: ${bytes(content.length)}, too much for a page. It is in the result document that this page was made from.</li>`;
  }
  const data = Buffer.from(content).toString("base64");
  return markup`<li><a download="${name}" href="data:${type};base64,${data}">${name}</a>: ${what} (${bytes(content.length)})</li>`;
}
