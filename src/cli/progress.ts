import { SingleBar } from "cli-progress";

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
  stop(): void;
}

/**
 * Shows on standard error how far something is: a line that is rewritten on a terminal, a plain
 * line for each stage without one, nothing when quiet.
 */
export function startProgress(title: string, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  return process.stderr.isTTY ? onTerminal(title) : onPaper(title);
}

function onTerminal(title: string): Progress {
  const bar = new SingleBar({
    format: ` ${title} {bar} {percentage} %  {stage}  {activity}  {left}`,
    barCompleteChar: "━",
    barIncompleteChar: "─",
    barsize: 24,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    // A timer would wake this process while a trial is being measured.
    noTTYOutput: false,
    synchronousUpdate: true,
    fps: 1000,
  });
  bar.start(1, 0, { stage: "", activity: "", left: "" });
  return {
    update: ({ done, secondsLeft, activity, stage }) => {
      bar.update(done, { stage, activity: activity.padEnd(30), left: leftText(secondsLeft) });
    },
    stop: () => bar.stop(),
  };
}

function onPaper(title: string): Progress {
  let lastStage = "";
  return {
    update: ({ done, secondsLeft, stage }) => {
      if (stage === lastStage) return;
      lastStage = stage;
      const share = `${Math.round(done * 100)} %`;
      console.error(`${title} ${share}, ${stage}, ${leftText(secondsLeft)}`);
    },
    stop: () => undefined,
  };
}

function leftText(seconds: number): string {
  return `${Math.ceil(seconds)} s left`;
}
