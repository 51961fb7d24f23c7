/** What is seen of a queue while it works. */
import { significant } from "../../../report/numbers.js";
import type { StageCounts } from "../model/schedule.js";

export interface QueueState {
  readonly title: string;
  readonly seconds: number;
  readonly counts: readonly StageCounts[];
  /** Seconds of jobs that were done here, by stage: how many, and their sum. */
  readonly took: ReadonlyMap<string, { readonly jobs: number; readonly seconds: number }>;
  /** Who did jobs, where that is not this machine alone. */
  readonly workers: number;
}

const BAR_WIDTH = 24;
/** Permits are drawn one by one up to so many. */
const MOST_SHOWN = 12;

/** The screen, line by line: the whole, and each stage with its permits. */
export function screenLines(state: QueueState): string[] {
  const { title, seconds, counts, workers } = state;
  const width = Math.max(...counts.map(({ stage }) => stage.name.length), 5);
  const filled = Math.round(doneShare(counts) * BAR_WIDTH);
  const bar = `${"━".repeat(filled)}${"─".repeat(BAR_WIDTH - filled)}`;
  const who = workers > 1 ? `   ${workers} workers` : "";
  return [
    ` ${title}   ${Math.round(seconds)} s   ${bar} ${Math.round(doneShare(counts) * 100)} %   ${leftText(state)}${who}`,
    ...counts.map((count) =>
      `   ${count.stage.name.padEnd(width)}  ${permitsText(count)}  ${doneText(count)}  ${rateText(state, count)}`.trimEnd(),
    ),
  ];
}

/** The same in a line, for where nothing can be drawn again. */
export function screenLine(state: QueueState): string {
  const stages = state.counts.map(
    (count) => `${count.stage.name} ${doneText(count).replaceAll(/ +/g, " ").trim()}`,
  );
  return `${state.title}: ${Math.round(state.seconds)} s, ${stages.join("; ")}, ${leftText(state)}`;
}

/** Seconds that are left if jobs go on to take what they took; `undefined` before one is done. */
function secondsLeft({ counts, took }: QueueState): number | undefined {
  const all = [...took.values()];
  const jobs = all.reduce((sum, one) => sum + one.jobs, 0);
  if (jobs === 0) return undefined;
  const mean = all.reduce((sum, one) => sum + one.seconds, 0) / jobs;
  // Stages work side by side: the slowest of them is what is waited for.
  return Math.max(
    0,
    ...counts.map(({ stage, jobs: planned, done, failed }) => {
      const own = took.get(stage.name);
      const each = own === undefined || own.jobs === 0 ? mean : own.seconds / own.jobs;
      return ((planned - done - failed) * each) / Math.max(1, stage.permits);
    }),
  );
}

function doneShare(counts: readonly StageCounts[]): number {
  const jobs = counts.reduce((sum, count) => sum + count.jobs, 0);
  const over = counts.reduce((sum, { done, failed }) => sum + done + failed, 0);
  return jobs === 0 ? 0 : over / jobs;
}

function permitsText({ stage, running }: StageCounts): string {
  const figures = `${running} of ${stage.permits}`.padStart(8);
  const shown = Math.min(MOST_SHOWN, Math.max(stage.permits, running));
  const taken = Math.min(running, shown);
  return `${"█".repeat(taken)}${"░".repeat(shown - taken)}`.padEnd(MOST_SHOWN) + figures;
}

function doneText({ jobs, done, failed, ready }: StageCounts): string {
  const wrong = failed > 0 ? `, ${failed} failed` : "";
  return `${String(done).padStart(5)} of ${jobs} done${wrong}, ${ready} ready`;
}

function rateText({ took, seconds }: QueueState, { stage }: StageCounts): string {
  const own = took.get(stage.name);
  if (own === undefined || own.jobs === 0) return "";
  return `${significant(own.jobs / Math.max(seconds, 0.001))} jobs/s, ${significant(own.seconds / own.jobs)} s each`;
}

function leftText(state: QueueState): string {
  const left = secondsLeft(state);
  return left === undefined ? "" : `${Math.ceil(left)} s left`;
}
