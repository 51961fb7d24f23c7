/** How the jobs of a queue went, as `hellfact queue` did them. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object, oneOf, Strings } from "../../results/schema.js";

/** One time that a job was in somebody's hands. Seconds are since the queue began. */
const Attempt = object({
  stage: Type.String(),
  part: nullable(Type.String()),
  worker: Type.String(),
  from: Amount,
  to: Amount,
  how: oneOf("done", "failed", "lost", "interrupted"),
  /** `(exit code 1): no such file`; `null` where it was done. */
  why: nullable(Type.String()),
  /** Whether it was tried again, or is to be. */
  again: Type.Boolean(),
});

const Stage = object({
  name: Type.String(),
  permits: Amount,
  after: Strings,
  jobs: Amount,
  done: Amount,
  /** Of those, before this time. */
  doneBefore: Amount,
  failed: Amount,
});

export const queueSchema = object({
  ...envelope("queue", 1),
  command: Strings,
  environment: environmentSchema,
  /** The file of jobs, or where they came from. */
  source: Type.String(),
  /** `this machine`, or the address of a cluster. */
  place: Type.String(),
  interrupted: Type.Boolean(),
  seconds: Amount,
  stages: Type.Array(Stage),
  /** Permits at its beginning, and those that were given or taken while it ran. */
  changes: Type.Array(object({ stage: Type.String(), permits: Amount, at: Amount })),
  attempts: Type.Array(Attempt),
  notes: Strings,
});

export type QueueDocument = Static<typeof queueSchema>;
export type QueueStage = Static<typeof Stage>;
export type QueueAttempt = Static<typeof Attempt>;

export const queueType: DocumentType<QueueDocument> = {
  kind: "queue",
  version: 1,
  title: "a queue of jobs",
  schema: queueSchema,
};
