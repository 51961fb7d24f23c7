import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { lastErrorLine } from "../core/errors.js";
import { ANSWER } from "./answer.js";
import { fromLine, toLine } from "./wire.js";

/** What runs a script, and how it is told to. */
interface Program {
  readonly binary: string;
  /** What stands before the script on its command line. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface AskOptions {
  /** Runs the script; this process's own program and flags where there is none. */
  readonly runtime?: Program | undefined;
  /** Kills the process if there is no answer by then. */
  readonly patienceSeconds: number;
  readonly signal?: AbortSignal;
}

/** What came back: an answer, or why there is none. */
export type Asked<Answer> = { readonly answer: Answer } | { readonly reason: string };

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
  { runtime, patienceSeconds, signal }: AskOptions,
): Promise<Asked<Answer>> {
  return new Promise((resolve) => {
    const file = fileURLToPath(script);
    const flags = runtime === undefined ? ownFlags() : runtime.flags;
    const child = spawn(runtime?.binary ?? process.execPath, [...flags, file], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...runtime?.environment },
    });
    let unfinished = "";
    let errorOutput = "";
    let asked: Asked<Answer> | undefined;
    const kill = () => child.kill("SIGKILL");
    const timeout = setTimeout(() => {
      asked = { reason: `no answer after ${Math.round(patienceSeconds)} s` };
      kill(); // and what comes of it settles this
    }, patienceSeconds * 1000);
    const settle = (otherwise: string) => {
      clearTimeout(timeout);
      signal?.removeEventListener("abort", kill);
      resolve(asked ?? { reason: otherwise });
    };
    signal?.addEventListener("abort", kill, { once: true });
    child.stderr.on("data", (data: Buffer) => {
      errorOutput += data.toString();
      if (process.env["HELLFACT_DEBUG"] === "1") process.stderr.write(data);
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      unfinished += text;
      if (asked !== undefined || !text.includes("\n")) return;
      const lines = unfinished.split("\n");
      unfinished = lines.pop() ?? "";
      // Libraries may have said other things before.
      const line = lines.find((candidate) => candidate.startsWith(ANSWER));
      if (line === undefined) return;
      asked = { answer: fromLine(line.slice(ANSWER.length)) as Answer };
      kill(); // its work is done; taking down its heap in good order would only take time
      settle("");
    });
    child.on("error", (error) => settle(error.message));
    child.on("close", (code, killedBy) => settle(causeOfDeath(code, killedBy, errorOutput)));
    // It may have died before it heard the question: that is told when it closes.
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${toLine(question)}\n`);
  });
}

/** This process's flags without a program among them (`node -e CODE`), which would run once more. */
function ownFlags(): string[] {
  const isProgram = /^(-[ep]+|--eval|--print|--input-type)(=|$)/;
  return process.execArgv.filter((flag, index, flags) => {
    const before = flags[index - 1] ?? "";
    const belongsToProgram =
      isProgram.test(before) && !before.includes("=") && !flag.startsWith("-");
    return !isProgram.test(flag) && !belongsToProgram;
  });
}

/** What can be told of a process that ended without an answer. */
function causeOfDeath(code: number | null, killedBy: string | null, errorOutput: string): string {
  const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
  const said = lastErrorLine(errorOutput);
  return `its process died (${how})${said === undefined ? "" : `: ${said}`}`;
}
