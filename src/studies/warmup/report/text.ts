import { createColors } from "picocolors";
import { forTerminal } from "../../../core/foreign-text.js";
import {
  warmupName,
  type UndecidedBreakEven,
  type WarmupDocument,
  type WarmupFigures,
  type WarmupScenario,
} from "../document.js";
import { chartText } from "../../../report/chart/text.js";
import { borderless, onScreen, wrapped } from "../../../report/layout.js";
import { bytes, percent, significant } from "../../../report/numbers.js";
import type { TextOptions } from "../../../report/options.js";
import { warmupCharts } from "./charts.js";

type Measured = WarmupScenario & { readonly figures: WarmupFigures };

/** How codecs begin, as people read it in a terminal. Ends with a newline. */
export function warmupText(given: WarmupDocument, { colors }: TextOptions): string {
  const document = forTerminal(given);
  const paint = createColors(colors);
  const measured = measuredIn(document);
  const { environment, payload } = document;
  const lines = [
    paint.bold(
      `hellfact ${environment.toolVersion}   Node ${environment.node}   ${environment.cpuModel}, ${environment.cores} cores`,
    ),
    paint.bold(
      `${payload.facts} facts of ${payload.source}, ${bytes(payload.jsonBytesPerFact)} of JSON each`,
    ),
    "",
    ...chartText(warmupCharts(document).byFacts, { colors, height: 14 }).split("\n"),
    "",
    ...(measured.length === 0 ? [] : [...steadyTable(measured), "", ...jobsTable(measured), ""]),
    paint.dim(
      "CPU time of the whole process; rates are facts per CPU-second; a job's with its start.",
    ),
    "",
    ...sentences(document, measured).flatMap(wrapped),
    ...notes(document).flatMap(wrapped).map(paint.yellow),
  ];
  return `\n${onScreen(lines)}\n`;
}

/** What it comes to, in one sentence. */
export function warmupHeadline(document: WarmupDocument): string {
  return sentences(document, measuredIn(document))[0] ?? "Nothing could be watched.";
}

/** Those with figures, the fastest in the end first. */
function measuredIn({ scenarios }: WarmupDocument): Measured[] {
  return scenarios
    .filter((scenario): scenario is Measured => scenario.figures !== null)
    .toSorted((a, b) => a.figures.steadySecondsPerFact - b.figures.steadySecondsPerFact);
}

function steadyTable(measured: readonly Measured[]): string[] {
  const table = borderless({
    colAligns: ["left", "left", "right", "right", "right", "right", "right"],
  });
  table.push(
    ["", "kind, in so", "steady", "from", "from", "start", "cold penalty"],
    ["codec", "many", "facts/s", "fact", "CPU-s", "CPU-ms", "facts  CPU-ms"],
  );
  for (const scenario of measured) {
    const { figures } = scenario;
    const penalty = significant(figures.coldPenaltySeconds * 1000).padStart(7);
    table.push([
      warmupName(scenario),
      `${figures.kind} ${figures.agreeing}/${figures.processes}`,
      significant(1 / figures.steadySecondsPerFact),
      figures.steadyAfterFacts === null ? "never" : String(figures.steadyAfterFacts),
      figures.steadyAfterSeconds === null ? "never" : significant(figures.steadyAfterSeconds),
      significant(figures.startSeconds * 1000),
      `${significant(figures.coldPenaltyFacts)} ${penalty}`,
    ]);
  }
  return table.toString().split("\n");
}

/** Recycling every so many facts: those of the jobs that are long enough to be a worker's life. */
const MIN_LIFE = 1_000;

function jobsTable(measured: readonly Measured[]): string[] {
  const jobs = measured[0]?.figures.jobs ?? [];
  const lives = jobs.filter(({ facts }) => facts >= MIN_LIFE);
  const table = borderless({
    colAligns: ["left", ...jobs.map(() => "right" as const), ...lives.map(() => "right" as const)],
  });
  table.push(
    ["", ...heads(jobs, "job of"), ...heads(lives, "% lost:")],
    [
      "codec",
      ...jobs.map(({ facts }) => short(facts)),
      ...lives.map(({ facts }) => `1 / ${short(facts)}`),
    ],
  );
  for (const scenario of measured) {
    const own = scenario.figures.jobs;
    table.push([
      warmupName(scenario),
      ...own.map(({ factsPerCpuSecond }) => significant(factsPerCpuSecond)),
      ...own
        .filter(({ facts }) => facts >= MIN_LIFE)
        .map(({ lostShare }) => (lostShare < 0 ? "-" : percent(lostShare))),
    ]);
  }
  return table.toString().split("\n");
}

function heads(columns: readonly unknown[], text: string): string[] {
  return columns.map((_, index) => (index === 0 ? text : ""));
}

/** `10k` for 10,000. */
function short(facts: number): string {
  return facts >= 1_000 ? `${facts / 1_000}k` : String(facts);
}

/** Crossovers of one winner that are told; the others are in the document. */
const MAX_CROSSOVERS = 6;

function sentences(document: WarmupDocument, measured: readonly Measured[]): string[] {
  const told = document.breakEvens
    .toSorted((a, b) => a.facts - b.facts)
    .slice(0, MAX_CROSSOVERS)
    .map(
      ({ winner, loser, facts, low, high }) =>
        `${winner} starts more expensive than ${loser} and has cost less from fact ${rounded(facts)} on (95 %: ${rounded(low)} to ${rounded(high)}).`,
    );
  const undecided = (document.undecided ?? []).slice(0, MAX_CROSSOVERS).map(undecidedSentence);
  const first = (facts: number) =>
    measured.toSorted((a, b) => rateOf(b, facts) - rateOf(a, facts))[0];
  const [small, large] = [first(10), first(100_000)];
  const best =
    small === undefined || large === undefined || measured.length < 2
      ? []
      : [
          `For a job of 10 facts ${warmupName(small)} costs least (${significant(rateOf(small, 10))} facts per CPU-second), for one of 100,000 ${warmupName(large)} (${significant(rateOf(large, 100_000))}).`,
        ];
  const life = measured.toSorted((a, b) => lossOf(b) - lossOf(a))[0];
  const recycled =
    life === undefined
      ? []
      : [
          `Recycled every 10,000 facts, a worker with ${warmupName(life)} loses ${percent(Math.max(0, lossOf(life)))} % of its CPU time to starting anew${measured.length > 1 ? ", the most of these" : ""}.`,
        ];
  return [...best, ...told, ...undecided, ...recycled];
}

/** That some rounds have an answer and others another one. */
export function undecidedSentence({
  winner,
  loser,
  rounds,
  crossings,
}: UndecidedBreakEven): string {
  return `Whether ${winner} ever costs less than ${loser} is not decidable here: it did in ${crossings} of ${rounds} rounds.`;
}

/** A number of facts with three significant figures. */
function rounded(facts: number): string {
  return String(Number(facts.toPrecision(3)));
}

function rateOf({ figures }: Measured, facts: number): number {
  return figures.jobs.find((job) => job.facts === facts)?.factsPerCpuSecond ?? 0;
}

function lossOf({ figures }: Measured): number {
  return figures.jobs.find(({ facts }) => facts === 10_000)?.lostShare ?? 0;
}

function notes({ warnings, complete, scenarios }: WarmupDocument): string[] {
  const stopped = complete ? [] : ["stopped before every process was watched: partial results"];
  const absent = scenarios.flatMap((scenario) =>
    scenario.reason === null
      ? []
      : [`${warmupName(scenario)} ${scenario.status}: ${scenario.reason}`],
  );
  return [...warnings, ...stopped, ...absent].map((note) => `note: ${note}`);
}
