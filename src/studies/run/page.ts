/** The first screen of a run of the pipeline. */
import type { RunDocument } from "./document.js";
import { broken } from "../../report/layout.js";
import { bytes, significant } from "../../report/numbers.js";
import { verdictSentences, WORDS } from "../../report/verdict.js";
import { card, day } from "../compare/page/first-screen.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { bullets } from "../../report/page/table.js";

/** What a run did, how fast, and what binds it. */
export function runFirstScreen({ run, complete }: RunDocument, cost?: Markup): Markup {
  const sentences = run.verdict === undefined ? [] : verdictSentences(run.verdict, "this pipeline");
  const rate = `${significant(run.factsPerSecond)} facts/s`;
  return markup`<p class="answer">${run.codec}${run.compressor === "none" ? "" : `, ${run.compressor.replace(":", " ")}`}: ${rate} on ${run.workers.length} ${run.workers.length === 1 ? "worker" : "workers"}.</p>
${complete ? undefined : markup`<p class="warning">Interrupted; what is in the manifest is whole.</p>`}
<div class="cards">
${card("Facts", rate, `${run.facts} facts in ${significant(run.wallSeconds)} s`)}
${card("Encoded", `${bytes(run.encodedBytesPerSecond)}/s`, `${bytes(run.encodedBytes)} in all`)}
${card("Stored", `${bytes(run.storedBytesPerSecond)}/s`, `${bytes(run.storedBytes)} in ${run.parts} parts`)}
${run.verdict === undefined ? undefined : card("What binds", WORDS[run.verdict.kind], "")}
</div>
${cost}
${bullets(sentences.map(broken))}`;
}

/** What ran, where and when, in a line. */
export function runSubtitle({ run, environment, createdAt }: RunDocument): string {
  const where = run.sink === "null" ? "nowhere" : "files";
  return (
    `${run.source} → ${run.codec} → ${run.compressor} → ${where}, ` +
    `on ${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}; ${day(createdAt)}`
  );
}
