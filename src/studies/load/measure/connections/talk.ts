/** A process that is told a task, then asked one thing after the other. */
import { HellfactError } from "../../../../core/errors.js";
import type { Asked } from "../../../../process/asked.js";
import { Client } from "../../../../process/client.js";
import { errorOf } from "../../../../process/failure.js";

/** No answer takes as long as this beyond what it was asked for. */
const SPARE_SECONDS = 60;

export class Talk {
  private readonly client: Client;
  private readonly begun: Promise<Asked<unknown>>;

  constructor(
    script: string,
    task: object,
    private readonly signal: AbortSignal,
  ) {
    this.client = new Client(new URL(`./${script}`, import.meta.url));
    this.begun = this.client.ask(task, { patienceSeconds: SPARE_SECONDS, signal });
  }

  /** What it answers to its task, when it is ready. Rejects as `ask` does. */
  async ready<T>(): Promise<T> {
    return answerOf((await this.begun) as Asked<T>);
  }

  /** Asks, and waits for the answer. Rejects with a `HellfactError` if there comes none. */
  async ask<T>(question: object | string, seconds = 0): Promise<T> {
    const patienceSeconds = seconds + SPARE_SECONDS;
    return answerOf(await this.client.ask<T>(question, { patienceSeconds, signal: this.signal }));
  }

  /** Resolves when it is gone, and with it whatever it had locked. */
  end(): Promise<void> {
    return this.client.closed();
  }
}

function answerOf<T>(asked: Asked<T>): T {
  if ("answer" in asked) return asked.answer;
  if (asked.failure !== undefined) throw errorOf(asked.failure);
  throw new HellfactError(`a process that held connections: ${asked.reason}`);
}
