import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ANSWER, HELD } from "./answer.js";
import { INTERRUPTED, noAnswer, type Asked, type Patience } from "./asked.js";
import { Child } from "./child.js";
import { ownFlags } from "./own-flags.js";
import { fromLine, toLine } from "./wire.js";

export type { Asked } from "./asked.js";

/** What runs a script, and how it is told to. */
interface Program {
  readonly binary: string;
  /** What stands before the script on its command line. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface AskOptions extends Patience {
  /** Runs the script; this process's own program and flags where there is none. */
  readonly runtime?: Program | undefined;
}

/** A process that was asked, and may hold before it goes on, once or several times. */
export interface Held<Answer> {
  /** Resolves when it holds for the first time, or is over. Holding is not held against its patience. */
  readonly held: Promise<void>;
  /** Lets it go on to where it holds next; `undefined` when it does, else how it ended. To be called while it holds. */
  readonly step: () => Promise<Asked<Answer> | undefined>;
  /** Lets it go on to its end, at once or when it comes to hold, and waits for its answer. */
  readonly goOn: () => Promise<Asked<Answer>>;
}

/**
 * Asks a fresh process one question and kills it when it has answered. Question and answer are
 * lines of JSON on its standard input and output, which every runtime has. Whatever becomes of the
 * process is told, never thrown.
 *
 * @param script the file that calls `answer`: `trial-process.js`
 */
export function ask<Answer>(
  script: URL,
  question: unknown,
  options: AskOptions,
): Promise<Asked<Answer>> {
  return askAndHold<Answer>(script, question, options).goOn();
}

/** The same of a process that does not go on beyond where it holds until it is told to. */
export function askAndHold<Answer>(
  script: URL,
  question: unknown,
  { runtime, patienceSeconds, signal }: AskOptions,
): Held<Answer> {
  if (signal?.aborted === true) {
    const interrupted = () => Promise.resolve({ reason: INTERRUPTED });
    return { held: Promise.resolve(), step: interrupted, goOn: interrupted };
  }
  const flags = runtime === undefined ? ownFlags() : runtime.flags;
  const started = spawn(runtime?.binary ?? process.execPath, [...flags, fileURLToPath(script)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...runtime?.environment },
  });
  const child = new Child(started);
  let timer: NodeJS.Timeout | undefined;
  const rest = () => clearTimeout(timer);
  const wait = () => {
    rest();
    timer = setTimeout(() => child.kill(noAnswer(patienceSeconds)), patienceSeconds * 1000);
  };
  wait();
  const stop = () => child.kill(INTERRUPTED);
  signal?.addEventListener("abort", stop, { once: true });
  let goesOn = false;
  let hold = () => {};
  const nextHold = () => new Promise<undefined>((resolve) => (hold = () => resolve(undefined)));
  const firstHold = nextHold();
  const answered = answerIn<Answer>(started.stdout, () => {
    if (goesOn) wait();
    else rest();
    hold();
  });
  // It may have died before it heard the question: that is told when it closes.
  started.stdin.on("error", () => undefined);
  started.stdin.write(`${toLine(question)}\n`);
  const over = Promise.race([answered, child.ended.then(({ text }) => ({ reason: text }))]);
  void over.then(() => {
    rest();
    signal?.removeEventListener("abort", stop);
    child.kill(); // its work is done; taking down its heap in good order would only take time
  });
  return {
    held: Promise.race([firstHold, over.then(() => undefined)]),
    step: () => {
      if (child.isAlive) wait();
      const next = nextHold();
      started.stdin.write("\n");
      return Promise.race([over, next]);
    },
    goOn: () => {
      goesOn = true;
      void firstHold.then(() => {
        if (child.isAlive) wait();
      });
      // Where it holds again it finds the end, and does not wait.
      started.stdin.end("\n");
      return over;
    },
  };
}

/**
 * The first answer in what a process says; libraries may have said other things before.
 *
 * @param onHold called for each line by which it says that it holds
 */
function answerIn<Answer>(
  output: NodeJS.ReadableStream,
  onHold: () => void,
): Promise<Asked<Answer>> {
  return new Promise((resolve) => {
    let unfinished = "";
    output.setEncoding("utf8").on("data", (text: string) => {
      if (!text.includes("\n")) {
        unfinished += text;
        return;
      }
      const lines = (unfinished + text).split("\n");
      unfinished = lines.pop() ?? "";
      if (lines.includes(HELD)) onHold();
      const line = lines.find((candidate) => candidate.startsWith(ANSWER));
      if (line !== undefined) resolve({ answer: fromLine(line.slice(ANSWER.length)) as Answer });
    });
  });
}
