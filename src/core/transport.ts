/** The contract of what carries tasks from one coordinator to many workers, and back what they made of them. */
import type { IncomingOptions, IncomingStream } from "./events/incoming.js";
import type { OutgoingOptions, OutgoingStream } from "./events/outgoing.js";

/** What is to be done once. A range of a run is one, a job of a queue another. */
export interface Task<Body> {
  /** Letters, digits, `-` and `_`; no other task of the queue has it. */
  readonly key: string;
  readonly stage: string;
  readonly body: Body;
}

/** Why a task was not done. */
export interface Failure {
  /**
   * `died`: the process that did it ended. `silent`: nothing was heard of who had it until its lease ran
   * out. The others are what a worker says itself.
   */
  readonly kind: "input" | "disk-full" | "other" | "died" | "silent";
  readonly message: string;
}

/** A task in the hands of a worker, who keeps it for as long as it lives. */
export interface Lease<Body, Made> {
  readonly task: Task<Body>;
  /** How often the task was handed out, this time included. */
  readonly delivery: number;
  /** How many seconds ago it was known to hold. */
  readonly age: number;
  /** Whether it may have been handed to somebody else meanwhile. */
  readonly isLost: boolean;
  /**
   * Says that it is done. Resolves to whether nobody had said so before: only then does what was made
   * count, else whoever made it takes it away again.
   *
   * @param isWanted while it is, saying so is tried again; then nobody knows whether it was heard, and it
   *   resolves to false (default: as long as the queue is there)
   */
  claim(made: Made, isWanted?: () => boolean): Promise<boolean>;
  fail(failure: Failure): void;
  /** Gives it back untried. */
  release(): void;
}

/** Where the tasks of a queue come from. */
export interface Supply<Body> {
  /** The next task of a stage, or `undefined` where there is none now. */
  next(stage: string): Task<Body> | undefined;
  /** Whether there is enough for all, so that somebody may have a second task in hand. */
  readonly mayWorkAhead: boolean;
}

/** What a coordinator hears. */
export type DispatchEvent<Body, Made, News> =
  | {
      readonly kind: "done";
      readonly task: Task<Body>;
      readonly made: Made;
      readonly worker: string;
    }
  | {
      readonly kind: "failed";
      readonly task: Task<Body>;
      readonly failure: Failure;
      /** How often it has failed so by now, and how often it may; what was only given back does not count. */
      readonly attempts: number;
      readonly most: number;
      /** Whether it is handed out again. */
      readonly again: boolean;
    }
  | { readonly kind: "news"; readonly worker: string; readonly news: News }
  /** Something that carries tasks was lost and is mended. */
  | { readonly kind: "mended"; readonly what: string }
  /** After `finish`: workers have ended what was open. */
  | { readonly kind: "finished" };

/** The end of a queue at which its coordinator is. */
export interface Dispatcher<Body, Made, News> {
  /** Begins to hand out what there is. Events come in order. */
  start(
    supply: Supply<Body>,
    onEvent: (event: DispatchEvent<Body, Made, News>) => void,
  ): Promise<void>;
  /** There may be more to hand out than there was. */
  refill(): void;
  /** What was said to be done turned out not to be there: it is handed out again. */
  retract(task: Task<Body>): void;
  /** How many tasks of a stage may be in hands at once; `null` for any number. */
  permit(stage: string, permits: number | null): Promise<void>;
  /** Hands out nothing more; workers end what is open where it is. */
  finish(): void;
  /** @param isOver whether nobody will go on with it, so that nothing needs to be kept */
  stop(isOver: boolean): Promise<void>;
}

/** How a worker is asked, and told. */
export interface ReceiverHooks<Body, Made> {
  /** Which stages' tasks are taken; all of them where it is not said. */
  readonly stages?: readonly string[];
  /** How many tasks would be begun at once, and how many could wait behind one that is open. */
  readonly demand: () => { readonly now: number; readonly ahead: number };
  readonly onLease: (lease: Lease<Body, Made>) => void;
  /** What is open is to be ended where it is. */
  readonly onFinish: () => void;
  /** The queue is not there any more, because all is done or its coordinator gave up. */
  readonly onEnded: () => void;
}

/** The end of a queue at which workers are. */
export interface Receiver<Body, Made, News> {
  /** What the coordinator wants all workers to know. */
  readonly about: unknown;
  start(hooks: ReceiverHooks<Body, Made>): void;
  /** Demand has changed. */
  poke(): void;
  tell(worker: string, news: News): void;
  /** What was open when `onFinish` was called is ended. */
  finished(): void;
  /** What is still in hand is given back. */
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly name: string;
  /** How many of its tasks may be in hands at once, over all workers; `null` for any number. */
  readonly permits: number | null;
}

export interface QueueOptions {
  /** Letters and digits; the same for a coordinator that goes on where another one stopped. */
  readonly id: string;
  /** What all workers need to know, as JSON. Nothing secret belongs there. */
  readonly about: unknown;
  readonly stages: readonly StageOptions[];
  /** A lease that is not prolonged for so long is lost. */
  readonly leaseSeconds: number;
  /** Whether what a worker says itself to be wrong is tried again, elsewhere perhaps. */
  readonly retries: boolean;
  /** On how many servers it is kept; as many as there are up to three, where it is not said. */
  readonly replicas?: number;
}

/** A task that failed so often is not tried again. */
export const MAX_ATTEMPTS = 3;

/** A connection to wherever queues are. */
export interface OpenTransport {
  /** Where it is, without anything secret. */
  readonly address: string;
  dispatcher<Body, Made, News>(queue: QueueOptions): Promise<Dispatcher<Body, Made, News>>;
  /** Resolves to `undefined` where the queue is not there any more. */
  receiver<Body, Made, News>(
    id: string,
    worker: string,
  ): Promise<Receiver<Body, Made, News> | undefined>;
  /** Calls back for every queue that is there, and for every one that comes; for some more than once. */
  watch(onQueue: (id: string) => void): () => void;
  close(): Promise<void>;
}

/** How to prove who one is. Never told to anybody but the server. */
export interface Credentials {
  /** A file with a user's JWT and seed, as `nsc` writes it. */
  readonly creds?: string;
  /** Files in PEM: whom to trust, and one's own certificate with its key. */
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** One file in `src/transports` exports one as its default. */
export interface Transport {
  readonly name: string;
  /** An example of its URL. */
  readonly url: string;
  /** What its URLs lead to, where that is no part of this process: a program, and how to get one. */
  readonly server?: { readonly program: string; readonly remedy: string };
  /** Which client there is, with its version; rejects with an `UnavailableError` where there is none. */
  client?(): Promise<string>;
  /**
   * Rejects with an `InputError` for a wrong URL, an `UnavailableError` where a library is missing,
   * and a `HellfactError` that names host and port where nobody answers or who asks is not let in.
   */
  open(url: string, credentials: Credentials): Promise<OpenTransport>;
  /**
   * Finds a stream that facts are published into, or makes it; one that is there is never changed.
   *
   * Rejects as `open` does, and with an `InputError` where the stream cannot promise that each is in it once.
   */
  openOutgoing?(
    url: string,
    credentials: Credentials,
    options: OutgoingOptions,
  ): Promise<OutgoingStream>;
  /**
   * Finds a stream to read facts from. Who one is, is taken from the environment: plans and their workers name it
   * without anything secret.
   *
   * Rejects as `open` does, and with an `InputError` where it, or the consumer, is of another kind.
   */
  openIncoming?(url: string, options: IncomingOptions): Promise<IncomingStream>;
}
