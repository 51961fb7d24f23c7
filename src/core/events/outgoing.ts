/** The contract of a stream of messages: what is published is kept under sequences, and read again by them. */

/** A message on its way into a stream: one fact, or lines of several. */
export interface OutgoingMessage {
  readonly data: Uint8Array;
  /** Positions in the source: of its first fact, and behind its last one. */
  readonly from: number;
  readonly to: number;
  /** How many facts of the run there are up to its end. */
  readonly facts: number;
}

/** How far a run has come in a stream. */
export interface Reached {
  readonly position: number;
  readonly facts: number;
}

/** Publishes a run, each message exactly once, in order. Its calls are made one after the other. */
export interface Publisher {
  /** What earlier processes published of the run; `undefined` for nothing. */
  readonly reached: Reached | undefined;
  /** The subject of its messages. */
  readonly subject: string;
  /** How often something was sent again because nobody had said that it is kept. */
  readonly repeats: number;
  /** Seconds in which no more could be sent, because too much was not acknowledged. */
  readonly waitedSeconds: number;
  /**
   * Sends a message; resolves when another one may be sent.
   *
   * Rejects with an `InputError` for a message that is larger than the stream takes, and with a `HellfactError`
   * where the stream is full, somebody else publishes into it, or nobody answers.
   */
  publish(message: OutgoingMessage): Promise<void>;
  /** Resolves when everything that was sent is kept. */
  flush(): Promise<void>;
}

export interface PublisherHooks {
  /** A message is kept. @param seconds since it was sent */
  readonly onKept: (seconds: number, bytes: number) => void;
}

/** What a stream is like, as people read it. */
interface StreamFacts {
  readonly name: string;
  /** Whether it was made now. */
  readonly isNew: boolean;
  readonly storage: "file" | "memory";
  readonly replicas: number;
  /** What its server is: `NATS 2.9.10`. */
  readonly server: string;
  /** Without anything secret. */
  readonly address: string;
  readonly mostMessageBytes: number;
  /** So much may be sent and not yet acknowledged. */
  readonly mostInFlight: { readonly messages: number; readonly bytes: number };
  /** What to think of before one relies on it, in sentences. */
  readonly cautions: readonly string[];
}

/** A stream that facts are published into. */
export interface OutgoingStream extends StreamFacts {
  /** @param run letters and digits; the same for the same facts, whenever they are published */
  publisher(run: string, hooks: PublisherHooks): Promise<Publisher>;
  /** What its messages take where it is kept. */
  storedBytes(): Promise<number>;
  /** The shortest of a few round trips to the server, in seconds. */
  ping(): Promise<number>;
  /**
   * What parts of the way can do alone, with messages that were made before, so many seconds each. Makes streams for it,
   * and takes them away again. Rejects where that may not be.
   */
  alone(messages: readonly Uint8Array[], seconds: number): Promise<AloneRates>;
  close(): Promise<void>;
}

/** Messages a second. */
export interface AloneRates {
  /** To nobody, past JetStream: client, network, and a server that reads and drops. */
  readonly nobody: number;
  /** Into a stream that is kept in memory. */
  readonly memory: number;
  /** Into a stream that is kept in files. */
  readonly file: number;
}

export interface OutgoingOptions {
  /** On how many servers a stream that is made now is kept; as many as there are up to three, where it is not said. */
  readonly replicas?: number;
}
