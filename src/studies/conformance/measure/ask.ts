import { fork, type ChildProcess } from "node:child_process";
import { lastErrorLine } from "../../../core/errors.js";
import type { AnswerOf, Task } from "./messages.js";

export interface Limits {
  /** For one question. */
  readonly questionSeconds: number;
  /** For all of a task's questions; those that are left then stay unanswered. */
  readonly taskSeconds: number;
}

/** An answer, or what became of the process that was to give it. */
export type Reply<T> = { readonly answer: T } | { readonly died: string };

/** What a process may take: a codec that wants more for such values is out of bounds. */
const MEMORY_MEGABYTES = 1024;

/**
 * Asks a task's questions, by their numbers, one after the other in a process of its own. One that
 * dies or does not answer is replaced, and the next question goes to the new one.
 */
export async function askAll<K extends Task["kind"]>(
  task: Task & { readonly kind: K },
  questions: number,
  { questionSeconds, taskSeconds }: Limits,
  signal: AbortSignal,
): Promise<Reply<AnswerOf[K]>[]> {
  const endsAt = performance.now() + taskSeconds * 1000;
  const replies: Reply<AnswerOf[K]>[] = [];
  let respondent: Respondent | undefined;
  for (let question = 0; question < questions && !signal.aborted; question++) {
    const secondsLeft = (endsAt - performance.now()) / 1000;
    if (secondsLeft <= 0) {
      replies.push({ died: `not asked: its ${taskSeconds} s were over` });
      continue;
    }
    const seconds = Math.min(questionSeconds, secondsLeft);
    respondent ??= new Respondent(task);
    const reply = await respondent.ask(question, seconds, signal);
    if ("died" in reply) respondent = undefined;
    replies.push(reply as Reply<AnswerOf[K]>);
  }
  respondent?.end();
  return replies;
}

/** One process, and what it last said. */
class Respondent {
  private readonly child: ChildProcess;
  private readonly ready: Promise<unknown>;
  private errorOutput = "";

  constructor(task: Task) {
    this.child = fork(new URL("./answering-process.js", import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
      execArgv: [`--max-old-space-size=${MEMORY_MEGABYTES}`],
    });
    this.child.stderr?.on("data", (data: Buffer) => {
      this.errorOutput = `${this.errorOutput}${data.toString()}`.slice(-10_000);
    });
    this.ready = new Promise((resolve) => {
      this.child.once("message", resolve);
      this.child.once("close", resolve);
    });
    this.child.on("error", () => undefined); // its close says the same
    this.child.send(task, () => undefined);
  }

  /** The answer, or how the process ended that owed it; a process that is late is ended. */
  async ask(question: number, seconds: number, signal: AbortSignal): Promise<Reply<unknown>> {
    await this.ready;
    const { child } = this;
    return new Promise((resolve) => {
      let late = false;
      const end = () => child.kill("SIGKILL");
      const timer = setTimeout(() => {
        late = true;
        end();
      }, seconds * 1000);
      const settle = (reply: Reply<unknown>) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        child.removeAllListeners("message").removeAllListeners("close");
        resolve(reply);
      };
      const died = (code: number | null, by: NodeJS.Signals | null) => {
        const how = by === null ? `exit code ${code}` : `signal ${by}`;
        const said = lastErrorLine(this.errorOutput);
        const why = late ? `no answer after ${Math.round(seconds)} s` : `its process died (${how})`;
        settle({ died: said === undefined || late ? why : `${why}: ${said}` });
      };
      if (child.exitCode !== null || child.signalCode !== null) {
        died(child.exitCode, child.signalCode);
        return;
      }
      signal.addEventListener("abort", end, { once: true });
      child.once("message", (answer) => settle({ answer }));
      child.once("close", died);
      child.send(question, () => undefined);
    });
  }

  end(): void {
    this.child.kill("SIGKILL");
  }
}
