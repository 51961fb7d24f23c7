import { fork, type ChildProcess } from "node:child_process";
import { HellfactError, lastWords } from "../../../core/errors.js";
import type { ArmMessage, ArmPlan, ArmReady, ArmRequest, Turn } from "./plan.js";

/** Longer than any walk over a pool takes. */
const PATIENCE_SECONDS = 120;

/** A process that holds one arm of a pair. It does nothing until it is asked. */
export class Arm {
  private readonly child: ChildProcess;
  private complaint = "";

  constructor(private readonly signal: AbortSignal) {
    this.child = fork(new URL("./arm-process.js", import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.child.stderr?.on("data", (data: Buffer) => (this.complaint += data.toString()));
  }

  /** Rejects with a `HellfactError` that says what is wrong with the arm. */
  async open(plan: ArmPlan): Promise<ArmReady> {
    const message = await this.ask({ kind: "open", plan });
    if (message.kind !== "ready") throw new HellfactError("an arm's process lost its place");
    return message;
  }

  /** Lets the arm work on so many facts, from where it stopped. */
  async turn(facts: number): Promise<Turn> {
    const message = await this.ask({ kind: "turn", facts });
    if (message.kind !== "turn") throw new HellfactError("an arm's process lost its place");
    return message.turn;
  }

  close(): void {
    this.child.kill("SIGKILL");
  }

  private ask(request: ArmRequest): Promise<ArmMessage> {
    const { child, signal } = this;
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        clearTimeout(timeout);
        child.off("message", onMessage).off("close", onClose).off("error", onError);
        signal.removeEventListener("abort", onAbort);
        action();
      };
      const fail = (reason: string) => settle(() => reject(new HellfactError(reason)));
      const onMessage = (message: ArmMessage) =>
        message.kind === "failed" ? fail(message.reason) : settle(() => resolve(message));
      const onError = (error: Error) => fail(error.message);
      const onClose = (code: number | null, killedBy: string | null) => {
        const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
        const said = lastWords(this.complaint);
        fail(`its process died (${how})${said === undefined ? "" : `: ${said}`}`);
      };
      const onAbort = () => fail("interrupted");
      const timeout = setTimeout(
        () => fail(`no answer after ${PATIENCE_SECONDS} s`),
        PATIENCE_SECONDS * 1000,
      );
      child.on("message", onMessage).on("close", onClose).on("error", onError);
      signal.addEventListener("abort", onAbort, { once: true });
      if (signal.aborted) onAbort();
      else child.send(request, (error) => error !== null && fail(error.message));
    });
  }
}
