import { fork, type StdioOptions } from "node:child_process";
import { INTERRUPTED, noAnswer, type Asked, type Patience } from "./asked.js";
import { Child } from "./child.js";
import { ownFlags } from "./own-flags.js";
import type { Spoken } from "./serve.js";

export interface ClientOptions {
  /** Called with what the process tells without being asked. */
  readonly onNews?: (news: unknown) => void;
  readonly stdin?: "ignore" | "inherit";
  /** An open file, or 1 for standard output, that the process finds as `OUTPUT`. */
  readonly output?: number;
  /** Further options of Node for it. */
  readonly flags?: readonly string[];
  /** That it speaks to nobody else: further certificates, which Node reads when it starts, are not for it. */
  readonly isAlone?: boolean;
  /** What V8's heap may take, and the whole process where that can be seen. */
  readonly maxMegabytes?: number;
}

/** Where a process finds the file that it was given: 3 is the channel. */
export const OUTPUT = 4;

/** A conversation with a process of one's own: questions one after the other, each with its answer. */
export class Client {
  /** How it ended. */
  readonly ended: Child["ended"];
  private readonly child: Child;
  private hear: ((spoken: Spoken) => void) | undefined;

  /** @param script a file that calls `serve` or `listen` */
  constructor(
    script: URL,
    {
      onNews = () => undefined,
      stdin = "ignore",
      output,
      flags = [],
      isAlone = false,
      maxMegabytes,
    }: ClientOptions = {},
  ) {
    const stdio: StdioOptions = [stdin, "ignore", "pipe", "ipc"];
    const memory = maxMegabytes === undefined ? [] : [`--max-old-space-size=${maxMegabytes}`];
    const { NODE_EXTRA_CA_CERTS: _, ...without } = globalThis.process.env;
    const process = fork(script, {
      ...(isAlone && { env: without }),
      stdio: output === undefined ? stdio : [...stdio, output],
      serialization: "advanced",
      execArgv: [...ownFlags(), ...flags, ...memory],
    });
    this.child = new Child(process, maxMegabytes);
    this.ended = this.child.ended;
    process.on("message", (message) => {
      const spoken = message as Spoken;
      this.hear?.(spoken);
      if ("news" in spoken) onNews(spoken.news);
    });
  }

  get isAlive(): boolean {
    return this.child.isAlive;
  }

  get pid(): number | undefined {
    return this.child.process.pid;
  }

  /** Says something that has no answer. To a process that is gone it says nothing. */
  tell(message: unknown): void {
    const { process } = this.child;
    if (process.connected) process.send(message as object, () => undefined);
  }

  /**
   * Asks, and waits for the answer. A process that is late, or whose answer nobody wants any more, is
   * killed. Whatever becomes of it is told, never thrown. News prolong the patience.
   */
  async ask<Answer>(
    question: unknown,
    { patienceSeconds, signal, patienceAfter = () => patienceSeconds }: Patience,
  ): Promise<Asked<Answer>> {
    const { child } = this;
    if (signal?.aborted === true) {
      child.kill(INTERRUPTED);
      return { reason: INTERRUPTED };
    }
    let isLate = false;
    const stop = () => child.kill(INTERRUPTED);
    let timer: NodeJS.Timeout | undefined;
    const wait = (seconds: number | null) => {
      clearTimeout(timer);
      if (seconds === null) return;
      timer = setTimeout(() => {
        isLate = true;
        child.kill(noAnswer(seconds));
      }, seconds * 1000);
    };
    wait(patienceSeconds);
    signal?.addEventListener("abort", stop, { once: true });
    const answered = new Promise<Asked<Answer>>((resolve) => {
      this.hear = (spoken) => {
        if ("news" in spoken) wait(patienceAfter(spoken.news));
        else if ("answer" in spoken) resolve({ answer: spoken.answer as Answer });
        else resolve({ reason: spoken.failure.message, failure: spoken.failure });
      };
    });
    this.tell(question);
    try {
      const died = this.ended.then(({ text }) => ({
        reason: text,
        ...(isLate && { isLate: true as const }),
      }));
      return await Promise.race([answered, died]);
    } finally {
      this.hear = undefined;
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Ends the process at once, whatever it is about. */
  close(): void {
    this.child.kill();
  }

  /** Ends the process and waits until it is gone. */
  async closed(): Promise<void> {
    this.close();
    await this.ended;
  }
}

/** Asks a process one question, and ends it. */
export async function askOnce<Answer>(
  script: URL,
  question: unknown,
  options: ClientOptions & Patience,
): Promise<Asked<Answer>> {
  const client = new Client(script, options);
  try {
    return await client.ask<Answer>(question, options);
  } finally {
    client.close();
  }
}
