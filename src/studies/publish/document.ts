/** What publishing facts into a stream took. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object, oneOf, Strings } from "../../results/schema.js";

const Stream = object({
  name: Type.String(),
  subject: Type.String(),
  /** Without anything secret. */
  address: Type.String(),
  server: Type.String(),
  /** Whether it was made for this. */
  isNew: Type.Boolean(),
  storage: oneOf("file", "memory"),
  replicas: Amount,
  mostMessageBytes: Amount,
  /** Sent and not acknowledged, at most. */
  mostInFlight: object({ messages: Amount, bytes: Amount }),
});

const Published = object({
  /** What it is called in the stream: the same for the same facts. */
  run: Type.String(),
  source: Type.String(),
  unit: oneOf("fact", "batch"),
  /** `null` if it was interrupted. */
  ended: nullable(oneOf("done", "duration")),
  messages: Amount,
  facts: Amount,
  /** Facts that were there before. */
  present: Amount,
  /** Of facts alone; and by how much the stream has grown. */
  encodedBytes: Amount,
  storedBytes: Amount,
  wallSeconds: Amount,
  /** Messages that were sent again. */
  repeats: Amount,
  /** Seconds in which no more could be sent, because too much was not acknowledged. */
  waitedSeconds: Amount,
  clientCpuSeconds: Amount,
  /** The shortest of a few round trips. */
  pingSeconds: Amount,
  /** From sending a message to hearing that it is kept, as this process sees it; `null` for none. */
  latencyMilliseconds: nullable(object({ p50: Amount, p99: Amount, max: Amount })),
});

/** Facts a second of each part alone: made only; sent to nobody; into memory; into files. */
const Alone = object({ source: Amount, nobody: Amount, memory: Amount, file: Amount });

const publishSchema = object({
  ...envelope("publish", 1),
  complete: Type.Boolean(),
  command: Strings,
  warnings: Strings,
  environment: environmentSchema,
  stream: Stream,
  published: Published,
  /** Rounds of measuring parts, where what binds was asked for. */
  alone: Type.Optional(Type.Array(Alone)),
});

export type PublishDocument = Static<typeof publishSchema>;

export const publishType: DocumentType<PublishDocument> = {
  kind: "publish",
  version: 1,
  title: "publishing facts",
  schema: publishSchema,
};
