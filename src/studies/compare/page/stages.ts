import type { ResultDocument } from "../document.js";
import { stackSvg } from "../../../report/chart/stack.js";
import { percent, significant } from "../../../report/numbers.js";
import { writeStages, writeTimes } from "../report/stage-times.js";
import { figure, unfolding } from "../../../report/page/figure.js";
import { markup } from "../../../report/page/markup.js";
import type { Section } from "../../../report/page/section.js";
import { dataTable } from "../../../report/page/table.js";

/** Where the time of each write goes. */
export function stagesSection(document: ResultDocument): Section | undefined {
  const chart = writeStages(document);
  if (chart === undefined) return undefined;
  const time = (value: number | null) => (value === null ? "-" : significant(value));
  const table = dataTable({
    caption: "Microseconds for a fact",
    columns: [
      { head: "what", align: "left" },
      ...[
        "encode",
        "compress",
        "write",
        "together",
        "collecting garbage, %",
        "waiting for a processor, %",
      ].map((head) => ({ head, align: "right" as const })),
    ],
    rows: writeTimes(document).map((times) => ({
      codec: times.codec,
      cells: [
        times.name,
        time(times.encode),
        time(times.compress),
        time(times.write),
        time(times.together),
        percent(times.garbageCollection),
        times.waitingForCpu === null ? "-" : percent(times.waitingForCpu),
      ],
    })),
  });
  const body = markup`<p>Each stage was also measured alone. Where the mark of the whole stands to the left of the bar's end, stages overlap; to the right, something more takes time: garbage collection, waiting, or a busy machine.</p>
${figure((options) => stackSvg(chart, options), `${chart.title}.`)}
${unfolding("The table", table)}`;
  return { id: "stages", title: "Where the time goes", body };
}
