/** The Gantt chart of a queue: a row for each permit of a stage, a bar for each job. */
import { ganttSvg, type GanttChart } from "../../../report/chart/gantt.js";
import type { Draw } from "../../../report/chart/frame.js";
import { significant } from "../../../report/numbers.js";
import type { QueueAttempt, QueueDocument } from "../document.js";
import { lanesOf } from "../model/figures.js";
import { jobName } from "../model/plan.js";

/** More rows and bars than this make no picture. */
const MOST_ROWS = 60;
const MOST_BARS = 4000;
/** Bars that nobody could tell apart are drawn as one. */
const MERGED_SHARE = 0.002;

const HOW = ["done", "failed", "lost", "interrupted"] as const;

/** `undefined` where nothing was done. */
export function ganttChart({ stages, attempts, seconds }: QueueDocument): GanttChart | undefined {
  if (attempts.length === 0) return undefined;
  const kinds = HOW.filter((how) => attempts.some((attempt) => attempt.how === how));
  const gap = attempts.length > MOST_BARS / 2 ? seconds * MERGED_SHARE : 0;
  const rows = stages.flatMap(({ name }) =>
    lanesOf(attempts.filter(({ stage }) => stage === name)).map((lane, index) => ({
      name: `${name} ${index + 1}`,
      bars: merged(lane, gap).map(({ from, to, how, hover }) => ({
        ...{ from, to, hover, kind: kinds.indexOf(how) },
      })),
    })),
  );
  return {
    title: "Jobs by the permits that they took",
    label: "seconds since the queue began",
    kinds,
    rows: rows.slice(0, MOST_ROWS),
  };
}

interface Bar extends Pick<QueueAttempt, "from" | "to" | "how"> {
  readonly hover: string;
}

function merged(lane: readonly QueueAttempt[], gap: number): Bar[] {
  const bars: (Bar & { readonly jobs: number })[] = [];
  for (const attempt of lane) {
    const { from, to, how, why } = attempt;
    const last = bars.at(-1);
    if (last !== undefined && gap > 0 && from - last.to < gap && last.how === how) {
      const jobs = last.jobs + 1;
      bars.splice(-1, 1, { from: last.from, to, how, jobs, hover: `${jobs} jobs, ${how}` });
      continue;
    }
    const hover = `${jobName(attempt)}: ${significant(to - from)} s, ${why === null ? how : `${how} ${why}`}`;
    bars.push({ from, to, how, hover, jobs: 1 });
  }
  return bars;
}

export function queueDrawings(document: QueueDocument): ReadonlyMap<string, Draw> {
  const chart = ganttChart(document);
  return new Map(chart === undefined ? [] : [["gantt", (options) => ganttSvg(chart, options)]]);
}
