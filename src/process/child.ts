import type { ChildProcess } from "node:child_process";
import { lastErrorLine } from "../core/errors.js";
import { guard } from "./guardian.js";
import { watchMemory } from "./memory.js";

/** What is kept of what a child writes to standard error. */
const MAX_ERROR_CHARACTERS = 10_000;
/** How long to wait for the rest of it when a child has ended. */
const LAST_WORDS_MILLISECONDS = 500;

/** How a child ended. */
export interface Ending {
  /** `(exit code 1): Error: no such thing`, to stand behind words that say who it was. */
  readonly how: string;
  /** In full: why it was killed, or that its process died and how. */
  readonly text: string;
}

/** A child process whose end is known in words, and which does not outlive this one. */
export class Child {
  readonly ended: Promise<Ending>;
  private errorOutput = "";
  private killedBecause: string | undefined;
  private isOver = false;

  /**
   * @param process just started; its standard error must be a pipe
   * @param maxMegabytes of memory, beyond which it is killed where that can be seen (Linux)
   */
  constructor(
    readonly process: ChildProcess,
    maxMegabytes?: number,
  ) {
    guard(process);
    process.stderr?.on("data", (data: Buffer) => {
      this.errorOutput = (this.errorOutput + data.toString()).slice(-MAX_ERROR_CHARACTERS);
      if (globalThis.process.env["HELLFACT_DEBUG"] === "1") globalThis.process.stderr.write(data);
    });
    const unwatch =
      maxMegabytes === undefined
        ? () => undefined
        : watchMemory(process.pid, maxMegabytes, () =>
            this.kill(`it took more than ${maxMegabytes} MB of memory`),
          );
    this.ended = new Promise<Ending>((resolve) => {
      process.on("error", ({ message }) => {
        // Whatever else goes wrong with a process that did start, its end is told by other events.
        if (process.pid === undefined) resolve({ how: `: ${message}`, text: message });
      });
      // What it said last has come when its pipes are closed; a process of its own may hold them open.
      process.once("close", (code, signal) => resolve(this.ending(code, signal)));
      process.once("exit", (code, signal) => {
        setTimeout(() => resolve(this.ending(code, signal)), LAST_WORDS_MILLISECONDS).unref();
      });
    }).then((ending) => {
      this.isOver = true;
      unwatch();
      return ending;
    });
  }

  get isAlive(): boolean {
    return !this.isOver && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Ends it at once. @param because what is to be said of its end; the first of several counts */
  kill(because?: string): void {
    this.killedBecause ??= because;
    this.process.kill("SIGKILL");
  }

  private ending(code: number | null, signal: NodeJS.Signals | null): Ending {
    const said = lastErrorLine(this.errorOutput);
    const how = `(${signal === null ? `exit code ${code}` : `signal ${signal}`})${
      said === undefined ? "" : `: ${said}`
    }`;
    return { how, text: this.killedBecause ?? `its process died ${how}` };
  }
}
