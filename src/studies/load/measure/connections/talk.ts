/** A child process that is told something, then asked one thing after the other. */
import { fork, type ChildProcess } from "node:child_process";
import { HellfactError, lastErrorLine } from "../../../../core/errors.js";

/** No answer takes as long as this beyond what it was asked for. */
const SPARE_SECONDS = 60;

export class Talk {
  private readonly child: ChildProcess;
  private errorOutput = "";

  constructor(script: string, task: object, signal: AbortSignal) {
    this.child = fork(new URL(`./${script}`, import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.child.stderr?.on("data", (data: Buffer) => {
      this.errorOutput = `${this.errorOutput}${data.toString()}`.slice(-10_000);
    });
    this.child.on("error", () => undefined);
    const end = () => void this.end();
    signal.addEventListener("abort", end, { once: true });
    this.child.once("close", () => signal.removeEventListener("abort", end));
    this.child.send(task, () => undefined);
  }

  /** Sends a question, if there is one, and waits for the next answer. Rejects if there comes none. */
  ask<T>(question?: object | string, seconds = 0): Promise<T> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), (seconds + SPARE_SECONDS) * 1000);
      const settle = () => {
        clearTimeout(timer);
        child.off("message", hear).off("close", closed);
      };
      const hear = (said: T & { readonly problem?: string }) => {
        settle();
        if (said.problem === undefined) resolve(said);
        else reject(new HellfactError(said.problem));
      };
      const closed = () => {
        settle();
        const why = lastErrorLine(this.errorOutput) ?? "it was ended";
        reject(new HellfactError(`a process that held connections died: ${why}`));
      };
      child.on("message", hear).once("close", closed);
      if (child.exitCode !== null || child.signalCode !== null) closed();
      else if (question !== undefined) child.send(question, () => undefined);
    });
  }

  /** Resolves when it is gone, and with it whatever it had locked. */
  end(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
    child.kill("SIGKILL");
    return closed;
  }
}
