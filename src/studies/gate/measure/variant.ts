import { fork, type ChildProcess } from "node:child_process";
import { HellfactError, lastErrorLine } from "../../../core/errors.js";
import type { VariantMessage, VariantPlan, VariantReady, VariantRequest, Turn } from "./plan.js";

/** Longer than any pass over a pool takes. */
const PATIENCE_SECONDS = 120;

/** A process that holds one variant of a pair. It does nothing until it is asked. */
export class VariantProcess {
  private readonly child: ChildProcess;
  private errorOutput = "";

  constructor(private readonly signal: AbortSignal) {
    this.child = fork(new URL("./variant-process.js", import.meta.url), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.child.stderr?.on("data", (data: Buffer) => (this.errorOutput += data.toString()));
  }

  /** Rejects with a `HellfactError` that says what is wrong with the variant. */
  async open(plan: VariantPlan): Promise<VariantReady> {
    const message = await this.ask({ kind: "open", plan });
    if (message.kind !== "ready") throw new HellfactError("a variant's process lost its place");
    return message;
  }

  /** Lets the variant work on so many facts, from where it stopped. */
  async turn(facts: number): Promise<Turn> {
    const message = await this.ask({ kind: "turn", facts });
    if (message.kind !== "turn") throw new HellfactError("a variant's process lost its place");
    return message.turn;
  }

  close(): void {
    this.child.kill("SIGKILL");
  }

  private ask(request: VariantRequest): Promise<VariantMessage> {
    const { child, signal } = this;
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        clearTimeout(timeout);
        child.off("message", onMessage).off("close", onClose).off("error", onError);
        signal.removeEventListener("abort", onAbort);
        action();
      };
      const fail = (reason: string) => settle(() => reject(new HellfactError(reason)));
      const onMessage = (message: VariantMessage) =>
        message.kind === "failed" ? fail(message.reason) : settle(() => resolve(message));
      const onError = (error: Error) => fail(error.message);
      const onClose = (code: number | null, killedBy: string | null) => {
        const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
        const said = lastErrorLine(this.errorOutput);
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
