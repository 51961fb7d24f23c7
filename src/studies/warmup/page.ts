/** How a warm-up becomes part of a page. */
import { chartSvg } from "../../report/chart/svg.js";
import { significant } from "../../report/numbers.js";
import { day } from "../../report/page/card.js";
import { halfFigure } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { machineLine, measuredSection } from "../../report/page/measured.js";
import type { PageForm, Section } from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import { warmupName, type WarmupDocument } from "./document.js";
import { warmupCharts } from "./report/charts.js";
import { undecidedSentence, warmupHeadline } from "./report/text.js";

const CAPTION = "Higher is faster. The median of several processes, each from its start.";

function firstScreen(document: WarmupDocument): Markup {
  return markup`<p class="answer">${warmupHeadline(document)}</p>
${document.complete ? undefined : markup`<p class="warning">Interrupted: partial results.</p>`}
${document.warnings.slice(0, 2).map((warning) => markup`<p class="warning">${warning}</p>`)}`;
}

function ratesSection(document: WarmupDocument): Section {
  const { byFacts, bySeconds } = warmupCharts(document);
  const charts = [byFacts, bySeconds].filter(({ lines }) => lines.length > 0);
  const body = markup`${charts.map((chart) => halfFigure((options) => chartSvg(chart, options), CAPTION))}${steadyTable(document)}`;
  return { id: "rates", title: "Rate from the first fact on", body };
}

function steadyTable({ scenarios }: WarmupDocument): Markup {
  const jobs = scenarios.flatMap(({ figures }) => figures?.jobs.map(({ facts }) => facts) ?? []);
  const sizes = [...new Set(jobs)].toSorted((a, b) => a - b);
  return dataTable({
    caption: "Facts per CPU-second: in the steady state, and of short jobs with their start",
    columns: [
      { head: "codec", align: "left" },
      { head: "steady", align: "right" },
      { head: "steady after facts", align: "right" },
      { head: "start ms", align: "right" },
      ...sizes.map((facts) => ({ head: `job of ${facts}`, align: "right" as const })),
      { head: "", align: "left" },
    ],
    rows: scenarios.map((scenario) => {
      const { figures, status, reason } = scenario;
      const job = (facts: number) => figures?.jobs.find((one) => one.facts === facts);
      return {
        cells: [
          warmupName(scenario),
          figures === null ? "" : significant(1 / figures.steadySecondsPerFact),
          figures?.steadyAfterFacts?.toString() ?? "",
          figures === null ? "" : significant(figures.startSeconds * 1000),
          ...sizes.map((facts) => {
            const found = job(facts);
            return found === undefined ? "" : significant(found.factsPerCpuSecond);
          }),
          status === "ok"
            ? (figures?.kind ?? "")
            : `${status}${reason === null ? "" : `: ${reason}`}`,
        ],
      };
    }),
  });
}

function breakEvenSection({ breakEvens, undecided = [] }: WarmupDocument): Section | undefined {
  if (breakEvens.length + undecided.length === 0) return undefined;
  const sentences = breakEvens.map(
    ({ winner, loser, facts, low, high }) =>
      `${winner} has cost less than ${loser} from ${significant(facts)} facts on (${significant(low)} to ${significant(high)}).`,
  );
  return {
    id: "break-evens",
    title: "From when it pays",
    body: markup`${bullets([...sentences, ...undecided.map(undecidedSentence)])}`,
  };
}

export const warmupPage: PageForm<WarmupDocument> = {
  title: () => "How codecs begin",
  subject: ({ payload }) => `of ${payload.source}`,
  subtitle: ({ environment, createdAt, payload }) =>
    `${payload.facts} facts, on ${machineLine(environment)}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) => {
    const breakEvens = breakEvenSection(document);
    return [
      ratesSection(document),
      ...(breakEvens === undefined ? [] : [breakEvens]),
      measuredSection(document, [], document.environment, context),
    ];
  },
};
