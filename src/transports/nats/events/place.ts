import type { ConsumerInfo, StreamInfo } from "@nats-io/jetstream";
import { InputError } from "../../../core/errors.js";

/** Where a stream is: its servers as `addressOf` reads them, and its name. */
export interface StreamPlace {
  readonly servers: string;
  readonly stream: string;
}

/** Where a reader takes messages from. */
export interface ReaderPlace {
  readonly stream: string;
  readonly consumer: string;
  readonly isOwn: boolean;
  /** For people. */
  readonly where: string;
  readonly info: StreamInfo;
  /** The consumer, if it was there. */
  readonly found: ConsumerInfo | undefined;
}

/** Reads `nats://HOST:4222/STREAM`. Throws an `InputError` that has nothing secret in it. */
export function streamPlace(url: string): StreamPlace {
  const [, servers, stream = ""] = /^((?:nats|tls):\/\/[^/]+)(?:\/(.*))?$/.exec(url) ?? [];
  const shown = url.replace(/\/\/.*@/, "//***@");
  if (servers === undefined || stream === "") {
    throw new InputError(`${shown}: it takes servers and a stream, nats://HOST:4222/STREAM.`);
  }
  if (!/^[^\s.*>/\\]{1,200}$/.test(stream)) {
    throw new InputError(
      `${shown}: a stream's name has no spaces, dots, stars, slashes, or ">" in it.`,
    );
  }
  return { servers, stream };
}

/**
 * The subject that one run's messages have in a stream: a wildcard at the end of one of its subjects stands for
 * the run. `undefined` where there is none, so that nobody could tell a run's messages from others.
 */
export function subjectOf(run: string, subjects: readonly string[]): string | undefined {
  for (const subject of subjects) {
    const tokens = subject.split(".");
    const last = tokens.pop();
    if ((last === "*" || last === ">") && !tokens.includes("*")) return [...tokens, run].join(".");
  }
  return undefined;
}
