/** The contract of a stream that facts are read from: by sequences, and acknowledged when they are at rest. */

export interface IncomingMessage {
  readonly sequence: number;
  /** One fact as JSON, or lines of several. Only good until the next ones are read. */
  readonly data: Uint8Array;
}

export interface IncomingOptions {
  /** The durable consumer's name: letters, digits, `-` and `_`. */
  readonly consumer: string;
  /** Whether it is for this one reader, and goes when that is done. */
  readonly isOwn: boolean;
}

/** A stream as one reader has it. Its calls are made one after the other. */
export interface IncomingStream {
  /** Without anything secret. */
  readonly address: string;
  /** The first sequence that the stream has. */
  readonly oldest: number;
  /** The first sequence to read: what the stream has, or what is behind all that the consumer has acknowledged. */
  readonly first: number;
  /** Behind the last message that there is. */
  readonly next: number;
  /** The first messages from a sequence on; nothing is taken. */
  peek(from: number, count: number): Promise<readonly IncomingMessage[]>;
  /** Rejects with an `InputError` where somebody else reads by the consumer, or only another one may. */
  checkFree(): Promise<void>;
  /** Begins to take messages, of which those from here on are wanted. Rejects as `read` does. */
  start(from: number): Promise<void>;
  /**
   * The next messages, in order, each once; none where there is none for now.
   *
   * Rejects with a `HellfactError` where the stream is gone, or nobody answers.
   */
  read(): Promise<readonly IncomingMessage[]>;
  /** What was read from a sequence up to before another one is at rest. */
  acknowledge(from: number, to: number): void;
  /** @param isOver whether nobody will read on, so that the reader's own consumer goes */
  close(isOver: boolean): Promise<void>;
}
