/**
 * Publishes facts of a source into a stream, each exactly once, as JSON: a fact a message, or lines of several. Every
 * message knows where its facts are in the source, so that another process goes on behind the last one.
 */
import { setImmediate } from "node:timers/promises";
import type { OutgoingStream, Publisher, Reached } from "../core/events/outgoing.js";
import { factsOf } from "../core/ranged-source.js";
import { MessageBatch } from "./message-batch.js";
import type { SourcePlan } from "./run/plan.js";
import { openSource } from "./run/worker/open-source.js";
import { sourceRun } from "./source-run.js";

export interface PublishOptions {
  readonly source: SourcePlan;
  /** Positions of the source: from the first up to before the second. */
  readonly start: number;
  readonly end: number;
  /** Nothing is published after so long; `null` for as long as it takes. */
  readonly seconds: number | null;
  readonly stream: OutgoingStream;
  /** Whether facts go together in lines, or each alone. */
  readonly unit: "fact" | "batch";
  readonly signal: AbortSignal;
  readonly onKept: (seconds: number, bytes: number) => void;
  readonly onProgress: (facts: number, position: number) => void;
}

export interface Published {
  /** What it is called in the stream. */
  readonly run: string;
  readonly subject: string;
  readonly messages: number;
  readonly facts: number;
  /** Of the facts alone, without headers. */
  readonly encodedBytes: number;
  /** Facts of the run that were there before. */
  readonly present: number;
  readonly repeats: number;
  readonly waitedSeconds: number;
  /** Whether everything was taken, or time was up; `null` if it was interrupted. */
  readonly ended: "done" | "duration" | null;
}

/** For how long acknowledgements may have to wait while facts are made. */
const TURN_MILLISECONDS = 5;

/**
 * Rejects with an `InputError` where a fact cannot be read, and as the publisher does; everything before
 * is published then.
 */
export async function publishSource(options: PublishOptions): Promise<Published> {
  const { source: plan, start, end, seconds, stream, unit, signal, onKept, onProgress } = options;
  const run = sourceRun(plan, start, end);
  const publisher = await stream.publisher(run, { onKept });
  const source = await openSource(plan);
  const { reached = { position: start, facts: 0 } } = publisher;
  const messages = new Messages(publisher, reached, unit, stream.mostMessageBytes);
  const until = performance.now() + (seconds ?? Infinity) * 1000;
  let ended: Published["ended"] = "done";
  let turn = performance.now();
  try {
    for await (const fact of factsOf(source, reached.position, end)) {
      if (fact !== undefined) await messages.add(JSON.stringify(fact), source.position);
      const now = performance.now();
      if (now - turn > TURN_MILLISECONDS) {
        await setImmediate();
        turn = performance.now();
        onProgress(messages.facts, source.position);
      }
      if (signal.aborted || now > until) {
        ended = signal.aborted ? null : "duration";
        break;
      }
    }
  } catch (error) {
    await messages.end().catch(() => undefined);
    throw error;
  }
  await messages.end();
  return {
    ...{ run, ended, present: reached.facts, subject: publisher.subject },
    ...{ messages: messages.messages, facts: messages.facts, encodedBytes: messages.bytes },
    ...{ repeats: publisher.repeats, waitedSeconds: publisher.waitedSeconds },
  };
}

/** Facts on their way into messages. */
class Messages {
  messages = 0;
  facts = 0;
  bytes = 0;
  private readonly batch: MessageBatch;
  private from: number;
  private to: number;

  constructor(
    private readonly publisher: Publisher,
    private readonly reached: Reached,
    unit: "fact" | "batch",
    mostBytes: number,
  ) {
    this.from = reached.position;
    this.to = reached.position;
    this.batch = new MessageBatch(unit, mostBytes);
  }

  async add(document: string, to: number): Promise<void> {
    const { batch } = this;
    if (batch.isFullFor(document)) await this.send();
    batch.add(document);
    this.facts += 1;
    this.to = to;
    if (batch.isFull) await this.send();
  }

  /** Resolves when all of them are kept. */
  async end(): Promise<void> {
    if (!this.batch.isEmpty) await this.send();
    await this.publisher.flush();
  }

  private async send(): Promise<void> {
    const data = this.batch.take();
    const { from, to } = this;
    this.from = to;
    await this.publisher.publish({ data, from, to, facts: this.reached.facts + this.facts });
    this.messages += 1;
    this.bytes += data.length;
  }
}
