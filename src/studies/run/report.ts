import { createColors } from "picocolors";
import { forTerminal } from "../../core/foreign-text.js";
import type { RunDocument } from "./document.js";
import { besideOrBelow, borderless, onScreen, wrapped } from "../../report/layout.js";
import { bytes, counted, many, percent, significant } from "../../report/numbers.js";
import type { TextOptions } from "../../report/options.js";
import { ceilingLines, verdictSentences, WORDS } from "../../report/verdict.js";

/** A run as people read it in a terminal. Ends with a newline. */
export function runText(given: RunDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const { run, environment } = document;
  const where = run.sink === "null" ? "nowhere" : run.sink.replace(/^file:/, "");
  const table = borderless({
    gap: 3,
    colAligns: ["left", ...run.stages.map(() => "right" as const)],
  });
  const shares = (stages: RunDocument["run"]["stages"]) =>
    stages.map(({ share }) => `${percent(share)} %`);
  table.push(
    ["", ...run.stages.map(({ stage }) => stage)],
    ["all workers", ...shares(run.stages)],
    ...(run.workers.length > 1
      ? run.workers.map((worker, index) => [`worker ${index + 1}`, ...shares(worker.stages)])
      : []),
  );
  const lines = [
    paint.bold(
      `hellfact ${environment.toolVersion}   Node ${environment.node}   ` +
        `${environment.cpuModel}, ${environment.cores} cores`,
    ),
    ...besideOrBelow(
      `${run.source} → ${run.codec}${byEngine(run)} → ${run.compressor}${byUnit(run.unit)} → ${where}`,
      many(run.workers.length, "worker") +
        (run.sink.startsWith("file:") ? `, sync ${run.sync}` : ""),
    ),
    "",
    paint.bold(
      `${significant(run.factsPerSecond)} facts/s   ` +
        `${bytes(run.encodedBytesPerSecond)}/s encoded   ${bytes(run.storedBytesPerSecond)}/s stored`,
    ),
    `${many(run.facts, "fact")} in ${significant(run.wallSeconds)} s   ` +
      `${bytes(run.encodedBytes)} encoded   ${bytes(run.storedBytes)} in ${many(run.parts, "part")}`,
    `${bytes(run.peakMemoryBytesPerWorker)} of memory for a worker at most`,
    "",
    ...table.toString().split("\n"),
    "",
    ...wrapped(meaning(document)),
    ...(run.verdict === undefined
      ? []
      : [
          "",
          ...ceilingLines(run.verdict),
          "",
          ...verdictSentences(run.verdict, "this pipeline").flatMap(wrapped),
        ]),
    ...notes(document).flatMap((note) => wrapped(`note: ${note}`).map(paint.yellow)),
  ];
  return `\n${onScreen(lines)}\n\n`;
}

function meaning({ run }: RunDocument): string {
  const [most] = run.stages.toSorted((a, b) => b.share - a.share);
  if (most === undefined) return "";
  const { stage, share } = most;
  const what = {
    source: "making or reading facts",
    encode: `encoding ${run.codec}`,
    compress: `compressing (${run.compressor})`,
    write: "writing",
    wait:
      run.wantedFactsPerSecond === null
        ? "no stage: starting processes, and waiting for work or for processor time"
        : "waiting for intended times, or for processor time",
  }[stage];
  return `Most of the workers' time, ${percent(share)} %, goes into ${what}.`;
}

/** A run that took less is mostly its beginning: processes start, and code is not compiled yet. */
const MIN_SECONDS = 5;

function tooShort({ run, complete }: RunDocument): string[] {
  const { wallSeconds, facts, stages, wantedFactsPerSecond } = run;
  if (!complete || wallSeconds >= MIN_SECONDS || facts === 0) return [];
  const wait = stages.find(({ stage }) => stage === "wait")?.share ?? 0;
  const startUp =
    wantedFactsPerSecond === null
      ? `starting processes and waiting took ${percent(wait)} % of it`
      : "starting processes is in it";
  const enough = (facts * MIN_SECONDS) / Math.max(wallSeconds, 0.001);
  return [
    `too short to judge: ${significant(wallSeconds)} s; ${startUp}, and code is slow until it is compiled. ` +
      `From ${MIN_SECONDS} s on figures mean something: about ${counted(enough)} facts here`,
  ];
}

function notes(document: RunDocument): string[] {
  const { run, complete } = document;
  return [
    ...tooShort(document),
    ...(complete ? [] : ["interrupted; what is in the manifest is whole"]),
    ...(run.rejected > 0 ? [`${many(run.rejected, "broken line")} kept aside`] : []),
    ...(run.wantedFactsPerSecond !== null
      ? [
          `wanted ${significant(run.wantedFactsPerSecond)} facts/s; ` +
            `facts were up to ${significant(run.mostSecondsLate)} s behind their time`,
        ]
      : []),
    ...(run.schemaUnsure === undefined ? [] : [run.schemaUnsure]),
    ...(run.schema === undefined ? [] : [`schema ${run.schema}; each fact was checked by it`]),
    ...run.incidents,
  ];
}

function byEngine({ jsonEngine }: RunDocument["run"]): string {
  return jsonEngine === undefined ? "" : ` (${jsonEngine} writer)`;
}

function byUnit(unit: RunDocument["run"]["unit"] = "batch"): string {
  return unit === "batch" ? "" : ` by ${unit}`;
}

/** What it did, how fast, and what binds it, in one sentence. */
export function runHeadline({ run }: RunDocument): string {
  const compressor = run.compressor === "none" ? "" : ` ${run.compressor.replace(":", " ")}`;
  const binds = run.verdict === undefined ? "" : `, ${WORDS[run.verdict.kind]}`;
  return (
    `${run.codec}${compressor}: ${significant(run.factsPerSecond)} facts/s on ` +
    `${run.workers.length} ${run.workers.length === 1 ? "worker" : "workers"}${binds}.`
  );
}
