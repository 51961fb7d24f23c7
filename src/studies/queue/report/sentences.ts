/** What a queue says, in sentences. */
import { significant } from "../../../report/numbers.js";
import type { QueueDocument } from "../document.js";
import { narrowest, stageFigures } from "../model/figures.js";
import { jobName } from "../model/plan.js";

/** More failures than this are not told one by one. */
const MOST_TOLD = 10;

export function queueHeadline(document: QueueDocument): string {
  const { stages, seconds, interrupted, source } = document;
  const sum = (of: (stage: QueueDocument["stages"][number]) => number) =>
    stages.reduce((all, stage) => all + of(stage), 0);
  const here = sum(({ done, doneBefore }) => done - doneBefore);
  const failed = sum((stage) => stage.failed);
  const left = sum(({ jobs, done }) => jobs - done) - failed;
  const parts = [
    `${here} ${here === 1 ? "job" : "jobs"} of ${source} done in ${significant(seconds)} s`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left > 0 ? [`${left} not done`] : []),
    ...(interrupted ? ["interrupted"] : []),
  ];
  return `${parts.join(", ")}.`;
}

/** What bound it, and what would make it shorter. */
export function boundSentence(document: QueueDocument): string | undefined {
  const found = narrowest(stageFigures(document));
  if (found === undefined) return undefined;
  const { stage, used, span } = found;
  const permits = stage.permits === 1 ? "its permit was" : `its ${stage.permits} permits were`;
  return (
    `${stage.name} bound it: ${permits} taken ${Math.round(used * 100)} % of ` +
    `${significant(span)} s. More permits there make it shorter, where whoever does the jobs has room.`
  );
}

function doneBeforeSentence({ stages }: QueueDocument): string | undefined {
  const before = stages.reduce((sum, { doneBefore }) => sum + doneBefore, 0);
  if (before === 0) return undefined;
  return `${before} ${before === 1 ? "job was" : "jobs were"} done before, and not done again (--fresh does).`;
}

/** What there is to say beside the headline, where nothing is wrong. */
export function queueSentences(document: QueueDocument): string[] {
  return [boundSentence, doneBeforeSentence, workersSentence].flatMap(
    (sentence) => sentence(document) ?? [],
  );
}

/** What failed for good, each with why. */
export function failureSentences({ attempts }: QueueDocument): string[] {
  const failed = attempts.filter(
    ({ how, again }) => how !== "done" && how !== "interrupted" && !again,
  );
  const told = failed
    .slice(0, MOST_TOLD)
    .map((attempt) => `${jobName(attempt)} failed ${attempt.why ?? ""}`.trimEnd());
  const more = failed.length - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

/** Who did the jobs, where that was more than this machine. */
function workersSentence({ attempts, place }: QueueDocument): string | undefined {
  const done = new Map<string, number>();
  for (const { worker, how } of attempts) {
    if (how === "done" && worker !== "") done.set(worker, (done.get(worker) ?? 0) + 1);
  }
  if (done.size === 0) return undefined;
  const told = [...done].slice(0, MOST_TOLD).map(([worker, count]) => `${worker} ${count}`);
  const more = done.size - told.length;
  return `By way of ${place}, ${done.size} ${done.size === 1 ? "worker" : "workers"}: ${told.join(", ")}${more > 0 ? `, and ${more} more` : ""}.`;
}
