import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ANSWER } from "./answer.js";
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

/**
 * Asks a fresh process one question and kills it when it has answered. Question and answer are
 * lines of JSON on its standard input and output, which every runtime has. Whatever becomes of the
 * process is told, never thrown.
 *
 * @param script the file that calls `answer`: `trial-process.js`
 */
export async function ask<Answer>(
  script: URL,
  question: unknown,
  { runtime, patienceSeconds, signal }: AskOptions,
): Promise<Asked<Answer>> {
  if (signal?.aborted === true) return { reason: INTERRUPTED };
  const flags = runtime === undefined ? ownFlags() : runtime.flags;
  const started = spawn(runtime?.binary ?? process.execPath, [...flags, fileURLToPath(script)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...runtime?.environment },
  });
  const child = new Child(started);
  const timer = setTimeout(() => child.kill(noAnswer(patienceSeconds)), patienceSeconds * 1000);
  const stop = () => child.kill(INTERRUPTED);
  signal?.addEventListener("abort", stop, { once: true });
  const answered = answerIn<Answer>(started.stdout);
  // It may have died before it heard the question: that is told when it closes.
  started.stdin.on("error", () => undefined);
  started.stdin.end(`${toLine(question)}\n`);
  try {
    return await Promise.race([answered, child.ended.then(({ text }) => ({ reason: text }))]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    child.kill(); // its work is done; taking down its heap in good order would only take time
  }
}

/** The first answer among the lines; libraries may have said other things before. */
function answerIn<Answer>(output: NodeJS.ReadableStream): Promise<Asked<Answer>> {
  return new Promise((resolve) => {
    let unfinished = "";
    output.setEncoding("utf8").on("data", (text: string) => {
      if (!text.includes("\n")) {
        unfinished += text;
        return;
      }
      const lines = (unfinished + text).split("\n");
      unfinished = lines.pop() ?? "";
      const line = lines.find((candidate) => candidate.startsWith(ANSWER));
      if (line !== undefined) resolve({ answer: fromLine(line.slice(ANSWER.length)) as Answer });
    });
  });
}
