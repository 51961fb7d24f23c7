import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import type { RunState } from "../../pipeline/run/outcome.js";
import { STAGES } from "../../pipeline/run/worker/stages.js";
import { bytes, many, significant } from "../../report/numbers.js";
import { sayPlainly } from "../../terminal/say.js";

/** What a run is aiming at: positions, or seconds, or neither. */
export interface RunGoal {
  readonly title: string;
  readonly seconds: number | null;
  /** Facts or bytes in all, and those done before; `null` where nobody knows. */
  readonly positions: number | null;
  /** What earlier processes of the run had done, and how long that took. */
  readonly positionsBefore: number;
  readonly secondsBefore: number;
}

const BAR_WIDTH = 24;
/** Of a terminal that does not say how wide it is. */
const DEFAULT_COLUMNS = 80;
/** Blocks for the share of one stage: four of them fit a line of 100 columns. */
const SHARE_WIDTH = 6;
const PAPER_SECONDS = 5;
const SHOWN_STAGES = ["encode", "compress", "write", "wait"] as const;

/** Shows on standard error how a run goes; `stop` takes it away again. Draws only when told. */
export function startRunProgress(
  goal: RunGoal,
  quiet: boolean,
): { update: (state: RunState) => void; stop: () => void } {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  return process.stderr.isTTY ? onTerminal(goal) : onPaper(goal);
}

function onTerminal(goal: RunGoal) {
  const rates = new RecentRate();
  let drawn = 0;
  const erase = () => {
    moveCursor(process.stderr, 0, -drawn);
    cursorTo(process.stderr, 0);
    clearScreenDown(process.stderr);
    drawn = 0;
  };
  return {
    update: (state: RunState) => {
      const lines = [
        ` ${goal.title}   ${Math.round(state.seconds)} s   ${bar(doneShare(goal, state))}   ${left(goal, state)}`,
        `   ${figures(state, rates.now(state))}`,
        ...state.workers.map((worker, index) => `   worker ${index + 1}  ${shares(worker.stages)}`),
      ];
      erase();
      process.stderr.write(
        `${lines.map((line) => line.slice(0, (process.stderr.columns || DEFAULT_COLUMNS) - 1)).join("\n")}\n`,
      );
      drawn = lines.length;
    },
    stop: erase,
  };
}

function onPaper(goal: RunGoal) {
  const rates = new RecentRate();
  let next = PAPER_SECONDS;
  return {
    update: (state: RunState) => {
      if (state.seconds < next) return;
      next = state.seconds + PAPER_SECONDS;
      sayPlainly(
        `${goal.title}: ${Math.round(state.seconds)} s, ${figures(state, rates.now(state))}, ${left(goal, state)}`,
      );
    },
    stop: () => undefined,
  };
}

/** The rate over the last second or two. */
class RecentRate {
  private before = { seconds: 0, facts: 0 };
  private rate = 0;

  now(state: RunState): number {
    const facts = factsOf(state);
    const seconds = state.seconds - this.before.seconds;
    if (seconds > 1) {
      this.rate = (facts - this.before.facts) / seconds;
      this.before = { seconds: state.seconds, facts };
    }
    return this.rate;
  }
}

function factsOf({ workers }: RunState): number {
  return workers.reduce((sum, { facts }) => sum + facts, 0);
}

function figures(state: RunState, now: number): string {
  const facts = factsOf(state);
  const stored = state.workers.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  const rate = facts / Math.max(state.seconds, 0.001);
  const recent = now > 0 ? ` (now ${significant(now)})` : "";
  return (
    `${significant(rate)} facts/s${recent}   ${facts} facts   ` +
    `${bytes(stored)} in ${many(state.parts, "part")}   ${bytes(stored / Math.max(state.seconds, 0.001))}/s`
  );
}

/** From 0 to 1, or `undefined` where nobody knows. */
function doneShare(goal: RunGoal, state: RunState): number | undefined {
  const known = [
    ...(goal.seconds === null ? [] : [(goal.secondsBefore + state.seconds) / goal.seconds]),
    ...(goal.positions === null ? [] : [state.positionsDone / goal.positions]),
  ];
  return known.length === 0 ? undefined : Math.min(1, Math.max(...known));
}

function bar(share: number | undefined): string {
  if (share === undefined) return "";
  const filled = Math.round(share * BAR_WIDTH);
  return `${"━".repeat(filled)}${"─".repeat(BAR_WIDTH - filled)} ${Math.round(share * 100)} %`;
}

function left(goal: RunGoal, state: RunState): string {
  const { seconds, positions, positionsBefore, secondsBefore } = goal;
  const byTime = seconds === null ? Infinity : seconds - secondsBefore - state.seconds;
  const pace = (state.positionsDone - positionsBefore) / state.seconds;
  const byWork =
    positions === null || pace === 0 ? Infinity : (positions - state.positionsDone) / pace;
  const least = Math.min(byTime, byWork);
  return Number.isFinite(least) ? `${Math.max(0, Math.ceil(least))} s left` : "";
}

function shares(stages: Record<(typeof STAGES)[number], number>): string {
  const all = STAGES.reduce((sum, stage) => sum + stages[stage], 0);
  return SHOWN_STAGES.map((stage) => {
    const share = all === 0 ? 0 : stages[stage] / all;
    const filled = "█".repeat(Math.round(share * SHARE_WIDTH)).padEnd(SHARE_WIDTH, "░");
    return `${stage} ${filled} ${String(Math.round(share * 100)).padStart(3)} %`;
  }).join("  ");
}
