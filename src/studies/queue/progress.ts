import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { forTerminal } from "../../core/foreign-text.js";
import { say, sayPlainly } from "../../terminal/say.js";
import { screenLine, screenLines, type QueueState } from "./report/screen.js";

export interface QueueProgress {
  /** Tells a line that stays. */
  tell(text: string): void;
  stop(): void;
}

const REDRAW_MILLISECONDS = 250;
const PAPER_MILLISECONDS = 10_000;
/** Of a terminal that does not say how large it is. */
const [DEFAULT_ROWS, DEFAULT_COLUMNS] = [24, 80];

/** Shows on standard error how a queue goes: a screen on a terminal, and else a line now and then. */
export function startQueueProgress(state: () => QueueState, quiet: boolean): QueueProgress {
  if (quiet) return { tell: say, stop: () => undefined };
  if (!process.stderr.isTTY) {
    const timer = setInterval(() => sayPlainly(screenLine(state())), PAPER_MILLISECONDS);
    return { tell: say, stop: () => clearInterval(timer) };
  }
  let drawn = 0;
  const erase = () => {
    if (drawn === 0) return;
    moveCursor(process.stderr, 0, -drawn);
    cursorTo(process.stderr, 0);
    clearScreenDown(process.stderr);
    drawn = 0;
  };
  const timer = setInterval(() => {
    const lines = screenLines(state()).slice(
      0,
      Math.max(1, (process.stderr.rows || DEFAULT_ROWS) - 1),
    );
    erase();
    const text = lines.map((line) =>
      forTerminal(line).slice(0, (process.stderr.columns || DEFAULT_COLUMNS) - 1),
    );
    process.stderr.write(`${text.join("\n")}\n`);
    drawn = lines.length;
  }, REDRAW_MILLISECONDS);
  return {
    tell: (text) => {
      erase();
      say(text);
    },
    stop: () => {
      clearInterval(timer);
      erase();
    },
  };
}
