/** A process that is told a task once and asked questions of it, each with a time-out of its own. */
import { Client } from "../../../process/client.js";
import type { Asked, Patience } from "../../../process/asked.js";
import type { CellFigures, CellNews, Ready, Task } from "./messages.js";

/** What became of a question. */
export type Reply<T> =
  | { readonly answer: T }
  /** It took longer than it may, and the process was killed. */
  | { readonly late: true }
  | { readonly problem: string; readonly isUnavailable: boolean };

/** What opening, filling and warming up may take, and what surrounds a load. */
const SPARE_SECONDS = 60;

export class Conversation {
  private readonly client = new Client(new URL("./cell-process.js", import.meta.url));
  private readonly begun: Promise<Reply<Ready>>;
  private isReady = false;

  constructor(
    task: Task,
    private readonly signal: AbortSignal,
  ) {
    this.begun = this.ask<Ready>(task);
  }

  /** Waits until the store is open and the method warm. */
  async ready(): Promise<Reply<Ready>> {
    const reply = await this.begun;
    this.isReady = "answer" in reply;
    return reply;
  }

  /** Has so many rows loaded. The clock of the time-out runs while a load does. */
  load(rows: number, timeoutSeconds: number): Promise<Reply<CellFigures>> {
    return this.ask({ rows }, (news) =>
      (news as CellNews).clock === "starts" ? timeoutSeconds : SPARE_SECONDS,
    );
  }

  /** Lets it take its tables away, and ends it; resolves when it is gone. */
  async end(): Promise<void> {
    if (this.isReady && this.client.isAlive) await this.ask({ end: true });
    await this.client.closed();
  }

  private async ask<T>(
    question: object,
    patienceAfter?: Patience["patienceAfter"],
  ): Promise<Reply<T>> {
    const asked = await this.client.ask<T>(question, {
      ...{ patienceSeconds: SPARE_SECONDS, signal: this.signal },
      ...(patienceAfter !== undefined && { patienceAfter }),
    });
    return replyOf(asked);
  }
}

function replyOf<T>(asked: Asked<T>): Reply<T> {
  if ("answer" in asked) return asked;
  if (asked.isLate === true) return { late: true };
  const remedy = asked.failure?.remedy === undefined ? "" : ` (${asked.failure.remedy})`;
  return {
    problem: `${asked.reason}${remedy}`,
    isUnavailable: asked.failure?.kind === "unavailable",
  };
}
