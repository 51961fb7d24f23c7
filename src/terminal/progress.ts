import { forTerminal } from "../core/foreign-text.js";
import { sayPlainly } from "./say.js";
import { clearLine, cursorTo } from "node:readline";

/** Something that takes a while. */
interface ProgressState {
  /** From 0 to 1. */
  readonly done: number;
  readonly secondsLeft: number;
  /** What is being done right now. */
  readonly activity: string;
  /** Changes seldom: without a terminal, a line is printed only when it does. */
  readonly stage: string;
}

export interface Progress {
  update(state: ProgressState): void;
  /** Takes the line away. */
  stop(): void;
}

const BAR_WIDTH = 24;

/**
 * Shows on standard error how far something is: a line that is rewritten on a terminal, a plain
 * line for each stage without one, nothing when quiet. It draws only when it is told something
 * new, never by a timer, which would wake this process while a trial is being measured.
 */
export function startProgress(title: string, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  return process.stderr.isTTY ? onTerminal(title) : onPaper(title);
}

function onTerminal(title: string): Progress {
  const erase = () => {
    cursorTo(process.stderr, 0);
    clearLine(process.stderr, 0);
  };
  return {
    update: ({ done, secondsLeft, activity, stage }) => {
      const filled = Math.round(Math.min(1, done) * BAR_WIDTH);
      const bar = "━".repeat(filled) + "─".repeat(BAR_WIDTH - filled);
      const left = leftText(secondsLeft);
      erase();
      const share = `${percentText(done)}  ${stage}  ${activity.padEnd(30)}  ${left}`;
      process.stderr.write(` ${forTerminal(title)} ${bar} ${forTerminal(share)}`);
    },
    stop: erase,
  };
}

function onPaper(title: string): Progress {
  let lastStage = "";
  return {
    update: ({ done, secondsLeft, stage }) => {
      if (stage === lastStage) return;
      lastStage = stage;
      sayPlainly(`${title} ${percentText(done)}, ${stage}, ${leftText(secondsLeft)}`);
    },
    stop: () => undefined,
  };
}

/** Changes ten times: what is worth a line of its own. */
export function decile(done: number): string {
  return `${Math.floor(done * 10)} of 10`;
}

function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function leftText(seconds: number): string {
  return `${Math.ceil(seconds)} s left`;
}
