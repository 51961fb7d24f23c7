/** How a queue becomes part of a page. */
import { ganttSvg } from "../../report/chart/gantt.js";
import { significant } from "../../report/numbers.js";
import { day } from "../../report/page/card.js";
import { figure } from "../../report/page/figure.js";
import { markup, type Markup } from "../../report/page/markup.js";
import { machineLine, measuredSection } from "../../report/page/measured.js";
import { commandLine } from "../../report/page/provenance.js";
import { sectionsBy, type PageForm, type Section } from "../../report/page/section.js";
import { bullets, dataTable } from "../../report/page/table.js";
import type { QueueDocument } from "./document.js";
import { jobName } from "./model/plan.js";
import { ganttChart } from "./report/charts.js";
import { failureSentences, queueHeadline, queueSentences } from "./report/sentences.js";
import { STAGE_HEAD, stageRows } from "./report/tables.js";

const CAPTION =
  "A row for each permit that was taken, a bar for each job from its begin to its end.";

function firstScreen(document: QueueDocument): Markup {
  const wrong = [...failureSentences(document), ...document.notes];
  return markup`<p class="answer">${queueHeadline(document)}</p>
${wrong.map((text) => markup`<p class="warning">${text}</p>`)}${bullets(queueSentences(document))}`;
}

function ganttSection(document: QueueDocument): Section | undefined {
  const chart = ganttChart(document);
  if (chart === undefined) return undefined;
  const body = figure((options) => ganttSvg(chart, options), CAPTION);
  return { id: "gantt", title: "What ran when", body };
}

function stagesSection(document: QueueDocument): Section {
  const columns = STAGE_HEAD.map((head, index) => ({
    head,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  const rows = stageRows(document).map((cells) => ({ cells }));
  return {
    id: "stages",
    title: "Stages",
    body: dataTable({ caption: "Stages, their permits, and their jobs", columns, rows }),
  };
}

function jobsSection({ attempts }: QueueDocument): Section | undefined {
  if (attempts.length === 0) return undefined;
  const body = dataTable({
    caption: "Jobs, each time that they ran",
    columns: [
      { head: "job", align: "left" },
      { head: "from s", align: "right" },
      { head: "took s", align: "right" },
      { head: "how", align: "left" },
      { head: "worker", align: "left" },
    ],
    rows: attempts.map((attempt) => {
      const { from, to, how, why, worker } = attempt;
      const ended = why === null ? how : `${how} ${why}`;
      return {
        cells: [jobName(attempt), significant(from), significant(to - from), ended, worker],
      };
    }),
  });
  return { id: "jobs", title: "Every job", body };
}

export const queuePage: PageForm<QueueDocument> = {
  title: () => "A queue of jobs",
  subject: ({ source }) => `of ${source}`,
  subtitle: ({ source, environment, createdAt }) =>
    `${source}, on ${machineLine(environment)}; ${day(createdAt)}`,
  firstScreen,
  sections: (document, context) => [
    ...sectionsBy([ganttSection, stagesSection, jobsSection], document, context),
    measuredSection(
      document,
      [["made by", commandLine(document.command)]],
      document.environment,
      context,
    ),
  ],
};
