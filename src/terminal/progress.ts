import { clearLine, cursorTo } from "node:readline";
import { forTerminal } from "../core/foreign-text.js";
import { sayPlainly } from "./say.js";

/** Something that takes a while. */
interface ProgressState {
  /** From 0 to 1; `null` where nobody knows. */
  readonly done: number | null;
  readonly secondsLeft: number | null;
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
/** So much of the line is a bar at most. */
const BAR_SHARE = 1 / 5;
/** What stands behind what is being done does not move while that changes. */
const ACTIVITY_WIDTH = 30;
/** Of a terminal that does not say how wide it is. */
const DEFAULT_COLUMNS = 80;
/** How often a terminal's line is drawn anew. */
const REDRAW_MILLISECONDS = 250;
/** How often there is a line without a terminal, unless a new stage begins before. */
const LINE_MILLISECONDS = 10_000;
/** Time that goes by does not end what has not said that it is done. */
const MAX_GUESSED = 0.99;

/**
 * Shows on standard error how far something is: a line that is rewritten several times a second on a terminal;
 * without one a plain line where a new stage begins, but no more than one in ten seconds; nothing when quiet.
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
  const draw = (state: ProgressState) => {
    erase();
    process.stderr.write(progressLine(title, state, process.stderr.columns || DEFAULT_COLUMNS));
  };
  return ticking(REDRAW_MILLISECONDS, draw, draw, erase);
}

/**
 * A line that is drawn anew has to fit the terminal: one that is broken cannot be taken away again. Where there is little
 * room, what is being done right now is cut first.
 */
export function progressLine(title: string, state: ProgressState, columns: number): string {
  const { done, secondsLeft, activity, stage } = forTerminal(state);
  const words = [...shareText(done), stage].join("  ");
  const begin = ` ${forTerminal(title)} ${bar(done, columns)}${words}  `;
  const end = leftText(secondsLeft)
    .map((text) => `  ${text}`)
    .join("");
  const room = Math.max(0, columns - 1 - begin.length - end.length);
  const what = activity.slice(0, room).padEnd(Math.min(ACTIVITY_WIDTH, room));
  return `${begin}${what}${end}`.slice(0, columns - 1);
}

function onPaper(title: string): Progress {
  let lastStage = "";
  let printedAt = -Infinity;
  const print = ({ done, secondsLeft, stage, activity }: ProgressState) => {
    printedAt = performance.now();
    lastStage = stage;
    const begin = [title, ...shareText(done)].join(" ");
    // Where nobody knows how far it is, what it has done so far is all there is to say.
    const what = done === null ? [stage, activity] : [stage];
    sayPlainly([begin, ...what, ...leftText(secondsLeft)].join(", "));
  };
  const isDue = () => performance.now() - printedAt >= LINE_MILLISECONDS;
  return ticking(
    LINE_MILLISECONDS / 10,
    (state) => {
      if (state.stage !== lastStage && isDue()) print(state);
    },
    (state) => {
      if (isDue()) print(state);
    },
    () => undefined,
  );
}

/**
 * Shows each state as it comes, and again as time goes by, with what is left by then. A tick takes microseconds
 * of this process, which waits while others are measured.
 */
function ticking(
  milliseconds: number,
  onUpdate: (state: ProgressState) => void,
  onTick: (state: ProgressState) => void,
  onStop: () => void,
): Progress {
  let last: { readonly state: ProgressState; readonly at: number } | undefined;
  const timer = setInterval(() => {
    if (last === undefined) return;
    const { state, at } = last;
    if (state.done === null || state.secondsLeft === null) {
      onTick(state);
      return;
    }
    const seconds = (performance.now() - at) / 1000;
    // A state that is late is not at its end: no more than what it said is left is taken away.
    const secondsLeft = Math.max(0, state.secondsLeft - seconds);
    const whole = state.secondsLeft === 0 ? 1 : (1 - state.done) / state.secondsLeft;
    const done = Math.min(MAX_GUESSED, state.done + whole * Math.min(seconds, state.secondsLeft));
    onTick({ ...state, secondsLeft, done });
  }, milliseconds);
  timer.unref();
  return {
    update: (state) => {
      last = { state, at: performance.now() };
      onUpdate(state);
    },
    stop: () => {
      clearInterval(timer);
      onStop();
    },
  };
}

/**
 * Seconds that are left, by what the first `done` of the work (from 0 to 1) took; no more than a budget leaves,
 * where there is one.
 */
export function secondsToGo(done: number, seconds: number, budget = Infinity): number {
  const atThisRate = done > 0 ? seconds / done - seconds : Infinity;
  const left = Math.max(0, Math.min(atThisRate, budget - seconds));
  return Number.isFinite(left) ? left : 0;
}

/** Changes ten times: what is worth a line of its own. */
export function decile(done: number): string {
  return `${Math.floor(done * 10)} of 10`;
}

function bar(done: number | null, columns: number): string {
  if (done === null) return "";
  const width = Math.min(BAR_WIDTH, Math.floor(columns * BAR_SHARE));
  const filled = Math.round(Math.min(1, done) * width);
  return `${"━".repeat(filled)}${"─".repeat(width - filled)} `;
}

function shareText(done: number | null): string[] {
  return done === null ? [] : [`${Math.round(done * 100)} %`];
}

function leftText(seconds: number | null): string[] {
  return seconds === null ? [] : [`${Math.ceil(seconds)} s left`];
}
