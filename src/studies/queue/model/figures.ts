/** What the attempts of a queue come to, stage by stage. */
import { median } from "simple-statistics";
import type { QueueAttempt, QueueDocument, QueueStage } from "../document.js";

export interface StageFigures {
  readonly stage: QueueStage;
  /** Jobs that are not done, and have not failed. */
  readonly left: number;
  /** Times that a job was tried again, or is to be. */
  readonly again: number;
  /** How many jobs were in hands at once at most. */
  readonly most: number;
  /** The middle one and the longest of those that were done here; `null` where none was. */
  readonly medianSeconds: number | null;
  readonly longestSeconds: number | null;
  /** Seconds from its first beginning to its last end. */
  readonly span: number;
  /** How much of its permits' time was used, from 0 to 1, within that. */
  readonly used: number;
}

export function stageFigures({ stages, attempts, changes }: QueueDocument): StageFigures[] {
  const byStage = grouped(attempts);
  return stages.map((stage) => {
    const own = byStage.get(stage.name) ?? [];
    const seconds = own
      .filter(({ how }) => how === "done")
      .map(({ from, to }) => to - from)
      .toSorted((a, b) => a - b);
    const during = spanOf(own);
    const busy = own.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
    const ownChanges = changes.filter((change) => change.stage === stage.name);
    const permitSeconds = secondsOfPermits(ownChanges, stage.permits, during);
    return {
      stage,
      left: Math.max(0, stage.jobs - stage.done - stage.failed),
      again: own.filter(({ again, how }) => again && how !== "interrupted").length,
      most: lanesOf(own).length,
      medianSeconds: seconds.length === 0 ? null : median(seconds),
      longestSeconds: seconds.at(-1) ?? null,
      span: during[1] - during[0],
      used: permitSeconds === 0 ? 0 : Math.min(1, busy / permitSeconds),
    };
  });
}

/**
 * How many seconds of permits there were in a span of time, while they changed.
 *
 * @param last permits at the end, which are those of all the time where nothing says otherwise
 */
function secondsOfPermits(
  changes: QueueDocument["changes"],
  last: number,
  [from, to]: readonly [number, number],
): number {
  const within = (at: number) => Math.min(to, Math.max(from, at));
  // Where a document does not say what there was at the beginning, as many as there ever were.
  const first = { at: 0, permits: Math.max(last, ...changes.map(({ permits }) => permits)) };
  const steps = [...(changes[0]?.at === 0 ? [] : [first]), ...changes];
  return steps.reduce((sum, { at, permits }, index) => {
    const until = steps[index + 1]?.at ?? Infinity;
    return sum + permits * (within(until) - within(at));
  }, 0);
}

/** Attempts one behind the other, in as few rows as there were jobs at once. */
export function lanesOf(attempts: readonly QueueAttempt[]): QueueAttempt[][] {
  const lanes: QueueAttempt[][] = [];
  for (const attempt of attempts.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const lane = lanes.find((one) => (one.at(-1)?.to ?? 0) <= attempt.from);
    if (lane === undefined) lanes.push([attempt]);
    else lane.push(attempt);
  }
  return lanes;
}

/** The stage whose permits were used most, where that was nearly always and others waited for it. */
export function narrowest(figures: readonly StageFigures[]): StageFigures | undefined {
  const [most] = figures
    .filter(({ most: atOnce, stage, medianSeconds }) => {
      return atOnce >= stage.permits && stage.permits > 0 && medianSeconds !== null;
    })
    .toSorted((a, b) => b.used * b.span - a.used * a.span);
  return most !== undefined && most.used > BOUND_SHARE ? most : undefined;
}
const BOUND_SHARE = 0.8;

function grouped(attempts: readonly QueueAttempt[]): Map<string, QueueAttempt[]> {
  const groups = new Map<string, QueueAttempt[]>();
  for (const attempt of attempts) {
    const group = groups.get(attempt.stage);
    if (group === undefined) groups.set(attempt.stage, [attempt]);
    else group.push(attempt);
  }
  return groups;
}

/** From the first beginning to the last end; where nothing was tried, a moment. */
function spanOf(attempts: readonly QueueAttempt[]): readonly [from: number, to: number] {
  if (attempts.length === 0) return [0, 0];
  return attempts.reduce(
    ([least, most], { from, to }) => [Math.min(least, from), Math.max(most, to)],
    [Infinity, 0],
  );
}
