/** The processes of a run: started, told, heard, and ended. Nothing else of a run knows of processes. */
import { fork, type ChildProcess } from "node:child_process";
import { HellfactError, lastErrorLine } from "../../core/errors.js";
import type { FromWorker, ToWorker } from "./messages.js";

const MAX_STDERR_CHARACTERS = 10_000;

/** A worker, as whoever drives it sees it. */
export interface PoolWorker {
  tell(message: ToWorker): void;
}

/** What a worker said, or how it ended: `(SIGKILL)`, with the reason that it gave. */
export type PoolEvent =
  | { readonly kind: "message"; readonly worker: PoolWorker; readonly message: FromWorker }
  | { readonly kind: "ended"; readonly worker: PoolWorker; readonly cause: string }
  | { readonly kind: "not started"; readonly error: HellfactError };

export class WorkerPool {
  private readonly children = new Set<ChildProcess>();

  constructor(private readonly onEvent: (event: PoolEvent) => void) {}

  start(): PoolWorker {
    const child = fork(new URL("./worker-process.js", import.meta.url), {
      stdio: ["inherit", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.children.add(child);
    const worker: PoolWorker = {
      tell: (message) => {
        // If it is gone by now, its end is told by another event.
        if (child.connected) child.send(message, () => undefined);
      },
    };
    let stderr = "";
    child.stderr?.on("data", (data: Buffer) => {
      stderr = (stderr + data.toString()).slice(-MAX_STDERR_CHARACTERS);
    });
    child.on("message", (message) =>
      this.onEvent({ kind: "message", worker, message: message as FromWorker }),
    );
    child.on("error", ({ message }) =>
      this.onEvent({ kind: "not started", error: new HellfactError(message) }),
    );
    child.on("close", (code, signal) => {
      this.children.delete(child);
      const reason = lastErrorLine(stderr);
      const cause = `(${signal ?? `exit code ${code}`})${reason === undefined ? "" : `: ${reason}`}`;
      this.onEvent({ kind: "ended", worker, cause });
    });
    return worker;
  }

  /** Ends all workers and waits until they are gone. */
  async stop(): Promise<void> {
    const gone = [...this.children].map(
      (child) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) resolve();
          else child.once("exit", () => resolve()).kill("SIGKILL");
        }),
    );
    await Promise.all(gone);
  }
}
