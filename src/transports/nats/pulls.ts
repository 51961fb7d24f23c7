/**
 * Pull requests to a consumer, made by hand: the library waits at least a second for a message, and one who
 * looks into several stages wants to know at once that there is none.
 */
import type { Msg, NatsConnection } from "@nats-io/transport-node";

export interface PullRequest {
  readonly stream: string;
  readonly consumer: string;
  readonly batch: number;
  /** For how long the server keeps the request; 0 for not at all. */
  readonly waitMilliseconds: number;
}

/**
 * How a pull ended: the server said that there is nothing (more), the consumer is not there, or nobody
 * answered.
 */
export type PullEnd = "all" | "nothing" | "gone" | "silence";

/** How much longer than a request may wait its answer may take. */
const GRACE_MILLISECONDS = 1500;
/** Status codes of JetStream: no messages, request expired, and what ends a request before its time. */
const NOTHING = new Set([404, 408]);
/** In a millisecond. */
const NANOSECONDS = 1e6;

export class Pulls {
  private readonly open = new Set<(how: PullEnd) => void>();

  constructor(
    private readonly connection: NatsConnection,
    private readonly createInbox: () => string,
  ) {}

  /** Asks for messages, and resolves when all have come or there are no more for now. */
  pull(request: PullRequest, onMessage: (message: Msg) => void): Promise<PullEnd> {
    const { stream, consumer, batch, waitMilliseconds } = request;
    const { connection } = this;
    if (connection.isClosed()) return Promise.resolve("silence");
    return new Promise((resolve) => {
      let left = batch;
      const inbox = this.createInbox();
      // A message that is delivered keeps its own subject: only the subscription tells whose it is.
      const subscription = connection.subscribe(inbox, {
        callback: (error, message) => {
          if (error !== null) return;
          const code = statusOf(message);
          if (code !== undefined) {
            end(NOTHING.has(code) ? "nothing" : "gone");
            return;
          }
          onMessage(message);
          left -= 1;
          if (left === 0) end("all");
        },
      });
      const end = (how: PullEnd) => {
        clearTimeout(timer);
        this.open.delete(end);
        subscription.unsubscribe();
        resolve(how);
      };
      const timer = setTimeout(() => end("silence"), waitMilliseconds + GRACE_MILLISECONDS);
      this.open.add(end);
      const wish =
        waitMilliseconds === 0
          ? { batch, no_wait: true }
          : { batch, expires: waitMilliseconds * NANOSECONDS };
      connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, JSON.stringify(wish), {
        reply: inbox,
      });
    });
  }

  close(): void {
    for (const end of this.open) end("silence");
  }
}

/** What the server says instead of a message. */
function statusOf({ headers, data }: Msg): number | undefined {
  if (headers === undefined || data.length > 0 || headers.code === 0) return undefined;
  return headers.code;
}

/** Where a message is in its stream, from the subject that it is acknowledged on. */
export interface Position {
  readonly delivery: number;
  readonly sequence: number;
  /** Counts what the consumer gave out: one more each time. */
  readonly consumerSequence: number;
  /** How many more there are behind it. */
  readonly pending: number;
}

/**
 * `$JS.ACK.stream.consumer.delivered.stream-sequence.consumer-sequence.time.pending`, or with a domain and
 * an account behind `ACK` since server 2.10 (ADR-15).
 */
export function positionOf(reply: string): Position {
  const tokens = reply.split(".");
  const [delivery, sequence, consumerSequence, , pending] = tokens
    .slice(tokens.length >= 12 ? 6 : 4)
    .map(Number);
  return {
    ...{ delivery: delivery ?? 1, sequence: sequence ?? 0 },
    ...{ consumerSequence: consumerSequence ?? 0, pending: pending ?? 0 },
  };
}
