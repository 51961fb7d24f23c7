/**
 * What is told over a server that others may speak to, too. A message that is none of ours is no reason to end: it
 * is let pass, as if nobody had sent it.
 */
import { Compile, Type, type Static, type TSchema } from "../../core/typebox.js";

const Failure = Type.Object({
  kind: Type.Unsafe<"input" | "disk-full" | "other" | "died" | "silent">({
    type: "string",
    enum: ["input", "disk-full", "other", "died", "silent"],
  }),
  message: Type.String(),
});
const Count = Type.Integer({ minimum: 0 });

/** Announces a queue. */
const Announcement = Type.Object({ id: Type.String({ pattern: "^[A-Za-z0-9]+$" }) });

/** What workers tell of a lease. */
const LeaseReport = Type.Object({
  event: Type.Unsafe<"begun" | "failed" | "released">({
    type: "string",
    enum: ["begun", "failed", "released"],
  }),
  key: Type.String(),
  stage: Type.String(),
  delivery: Count,
  sequence: Count,
  worker: Type.String(),
  failure: Type.Optional(Failure),
});

/** What workers tell of themselves, in one message. */
const NewsBatch = Type.Array(
  Type.Object({ worker: Type.String(), news: Type.Object({ kind: Type.String() }) }),
);

/** What the coordinator tells all workers. */
const Orders = Type.Object({
  order: Type.Unsafe<"more" | "finish" | "ended">({
    type: "string",
    enum: ["more", "finish", "ended"],
  }),
});

/** Who has done a task, and what came of it. */
const ClaimEntry = Type.Object({
  made: Type.Unknown(),
  worker: Type.String(),
  /** No other attempt has it. */
  token: Type.String(),
});

/** What a bucket says of its queue. */
const QueueEntry = Type.Object({
  about: Type.Unknown(),
  stages: Type.Array(Type.String({ pattern: "^[A-Za-z0-9_-]+$" })),
  leaseSeconds: Type.Number({ exclusiveMinimum: 0, maximum: 1e6 }),
});

/** What JetStream says of a task that was handed out too often. */
const Advisory = Type.Object({ stream_seq: Count });

export type LeaseReport = Static<typeof LeaseReport>;
export type Orders = Static<typeof Orders>;
export type ClaimEntry = Static<typeof ClaimEntry>;
export type QueueEntry = Static<typeof QueueEntry>;

export const announcementIn = reader(Announcement);
export const reportIn = reader(LeaseReport);
export const newsIn = reader(NewsBatch);
export const ordersIn = reader(Orders);
export const claimIn = reader(ClaimEntry);
export const queueIn = reader(QueueEntry);
export const advisoryIn = reader(Advisory);

/** Reads messages of a kind; gives `undefined` for what is none. */
function reader<T extends TSchema>(schema: T): (data: Uint8Array) => Static<T> | undefined {
  const checked = Compile(schema);
  return (data) => {
    const message = parsed(data);
    return checked.Check(message) ? message : undefined;
  };
}

/** `undefined` for what is no JSON. */
export function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}
