/** How a run of the pipeline becomes part of a page. */
import type { RunDocument } from "./document.js";
import { broken } from "../../report/layout.js";
import { choiceName } from "../../report/names.js";
import { bytes, many, percent, significant } from "../../report/numbers.js";
import { verdictSentences, WORDS } from "../../report/verdict.js";
import { card, day } from "../../report/page/card.js";
import { stackSvg, type StackChart } from "../../report/chart/stack.js";
import { ceilingTable } from "../../report/page/ceiling-table.js";
import { figure, unfolding } from "../../report/page/figure.js";
import { commandLine, environmentFacts, factList, jsonLink } from "../../report/page/provenance.js";
import {
  sectionsBy,
  type PageForm,
  type Section,
  type SectionContext,
} from "../../report/page/section.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { bullets, dataTable } from "../../report/page/table.js";

/** What a run did, how fast, and what binds it. */
function runFirstScreen({ run, complete }: RunDocument, cost?: Markup): Markup {
  const sentences = run.verdict === undefined ? [] : verdictSentences(run.verdict, "this pipeline");
  const rate = `${significant(run.factsPerSecond)} facts/s`;
  return markup`<p class="answer">${run.codec}${run.compressor === "none" ? "" : `, ${run.compressor.replace(":", " ")}`}: ${rate} on ${run.workers.length} ${run.workers.length === 1 ? "worker" : "workers"}.</p>
${complete ? undefined : markup`<p class="warning">Interrupted; what is in the manifest is whole.</p>`}
<div class="cards">
${card("Facts", rate, `${run.facts} facts in ${significant(run.wallSeconds)} s`)}
${card("Encoded", `${bytes(run.encodedBytesPerSecond)}/s`, `${bytes(run.encodedBytes)} in all`)}
${card("Stored", `${bytes(run.storedBytesPerSecond)}/s`, `${bytes(run.storedBytes)} in ${many(run.parts, "part")}`)}
${run.verdict === undefined ? undefined : card("What binds", WORDS[run.verdict.kind], "")}
</div>
${cost}
${bullets(sentences.map(broken))}`;
}

/** What ran, where and when, in a line. */
function runSubtitle({ run, environment, createdAt }: RunDocument): string {
  const where = placeOf(run);
  return (
    `${run.source} → ${run.codec} → ${run.compressor} → ${where}, ` +
    `on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`
  );
}

function placeOf({ sink }: RunDocument["run"]): string {
  if (sink === "null") return "nowhere";
  return sink.startsWith("file:") ? "files" : sink;
}

/** Where the workers of a run spent their time. */
function runStagesSection(document: RunDocument): Section | undefined {
  if (document.run.stages.length === 0) return undefined;
  const chart = runStages(document);
  const table = dataTable({
    caption: "Share of the workers' time, %",
    columns: [
      { head: "who", align: "left" },
      ...chart.parts.map((head) => ({ head, align: "right" as const })),
    ],
    rows: chart.bars.map(({ name, values }) => ({
      cells: [name, ...values.map((value) => significant(value))],
    })),
  });
  const body = markup`${figure((options) => stackSvg(chart, options), `${chart.title}.`)}
${unfolding("The table", table)}`;
  return { id: "stages", title: "Where the time goes", body };
}

/** Where the workers of a run spent their time, as bars. */
function runStages({ run }: RunDocument): StackChart {
  const workers =
    run.workers.length > 1
      ? run.workers.map(({ stages }, index) => ({ name: `worker ${index + 1}`, stages }))
      : [];
  return {
    title: "Where the workers' time goes",
    label: "% of the time",
    parts: run.stages.map(({ stage }) => stage),
    markLabel: null,
    bars: [{ name: "all workers", stages: run.stages }, ...workers].map(({ name, stages }) => ({
      name,
      values: stages.map(({ share }) => share * 100),
      mark: null,
      hover: `${name}: ${stages.map(({ stage, share }) => `${stage} ${percent(share)} %`).join(", ")}`,
    })),
  };
}

/** The same of a run. */
function runCeilingsSection({ run }: RunDocument): Section | undefined {
  if (run.verdict === undefined) return undefined;
  const body = ceilingTable([{ name: run.codec, codec: run.codec, verdict: run.verdict }]);
  return { id: "ceilings", title: "What each part can do alone", body };
}

/** The same of a run of the pipeline. */
function runMeasuredSection(document: RunDocument, { tools }: SectionContext): Section {
  const { run } = document;
  const body = markup`${run.incidents.length === 0 ? undefined : markup`<h3>What went wrong and was mended</h3><ul>${run.incidents.map((incident) => markup`<li>${incident}</li>`)}</ul>`}
${factList([
  ["made by", commandLine(document.command)],
  ["when", document.createdAt],
  ...environmentFacts(document.environment),
  [
    "files",
    run.sink.startsWith("file:") ? `${many(run.parts, "part")}, synced: ${run.sync}` : "none",
  ],
])}
<h3>Raw figures</h3><ul>${jsonLink(document, tools)}</ul>`;
  return { id: "measured", title: "How it was measured", body };
}

export const runPage: PageForm<RunDocument> = {
  title: () => "A run of the pipeline",
  subject: ({ run }) => `of ${run.source} as ${choiceName(run)}`,
  subtitle: runSubtitle,
  firstScreen: runFirstScreen,
  sections: (document, context) =>
    sectionsBy([runStagesSection, runCeilingsSection, runMeasuredSection], document, context),
};
