/** A process that is told a task once and asked questions of it, each with a time-out of its own. */
import { fork, type ChildProcess } from "node:child_process";
import { lastErrorLine } from "../../../core/errors.js";
import type { CellFigures, Ready, Said, Task } from "./messages.js";

/** What became of a question. */
export type Reply<T> =
  | { readonly answer: T }
  /** It took longer than it may, and the process was killed. */
  | { readonly late: true }
  | { readonly problem: string; readonly isUnavailable: boolean };

/** What opening, filling and warming up may take, and what surrounds a load. */
const SPARE_SECONDS = 60;

export class Conversation {
  private readonly child: ChildProcess;
  private errorOutput = "";
  private isReady = false;
  private isOver = false;

  constructor(task: Task, signal: AbortSignal) {
    this.child = fork(new URL("./cell-process.js", import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.child.stderr?.on("data", (data: Buffer) => {
      this.errorOutput = `${this.errorOutput}${data.toString()}`.slice(-10_000);
    });
    const end = () => this.child.kill("SIGKILL");
    signal.addEventListener("abort", end, { once: true });
    this.child.once("close", () => signal.removeEventListener("abort", end));
    this.child.on("error", () => undefined); // its close says the same
    this.child.send(task, () => undefined);
  }

  /** Waits until the store is open and the method warm. */
  async ready(): Promise<Reply<Ready>> {
    const reply = await this.wait(SPARE_SECONDS, (said) =>
      "ready" in said ? said.ready : undefined,
    );
    this.isReady = "answer" in reply;
    return reply;
  }

  /** Has so many rows loaded. The clock of the time-out runs while a load does. */
  load(rows: number, timeoutSeconds: number): Promise<Reply<CellFigures>> {
    const reply = this.wait(
      SPARE_SECONDS,
      (said) => ("figures" in said ? said.figures : undefined),
      timeoutSeconds,
    );
    this.child.send({ rows }, () => undefined);
    return reply;
  }

  /** Lets it take its tables away and end; resolves when it has. */
  async end(): Promise<void> {
    if (this.isOver || this.child.exitCode !== null) return;
    const closed = new Promise((resolve) => this.child.once("close", resolve));
    const seconds = this.isReady ? SPARE_SECONDS : 0;
    const timer = setTimeout(() => this.child.kill("SIGKILL"), seconds * 1000);
    this.child.send({ end: true }, () => undefined);
    await closed;
    clearTimeout(timer);
  }

  private wait<T>(
    seconds: number,
    answerIn: (said: Said) => T | undefined,
    timeoutSeconds?: number,
  ): Promise<Reply<T>> {
    const { child } = this;
    return new Promise((resolve) => {
      let reply: Reply<T> | undefined;
      const late = () => {
        reply = { late: true };
        child.kill("SIGKILL");
      };
      let timer = setTimeout(late, seconds * 1000);
      const settle = (settled: Reply<T>) => {
        clearTimeout(timer);
        child.off("message", hear).off("close", closed);
        resolve(settled);
      };
      const hear = (said: Said) => {
        const answer = answerIn(said);
        if (answer !== undefined) settle({ answer });
        else if ("problem" in said) settle(said);
        else if ("clock" in said && timeoutSeconds !== undefined) {
          clearTimeout(timer);
          const left = said.clock === "starts" ? timeoutSeconds : seconds;
          timer = setTimeout(late, left * 1000);
        }
      };
      const closed = (code: number | null, by: NodeJS.Signals | null) => {
        this.isOver = true;
        const how = by === null ? `exit code ${code}` : `signal ${by}`;
        const said = lastErrorLine(this.errorOutput);
        const problem = `its process died (${how})${said === undefined ? "" : `: ${said}`}`;
        settle(reply ?? { problem, isUnavailable: false });
      };
      child.on("message", hear).once("close", closed);
      if (child.exitCode !== null || child.signalCode !== null)
        closed(child.exitCode, child.signalCode);
    });
  }
}
