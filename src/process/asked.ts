import type { Failure } from "./failure.js";

/** What came back: an answer, or why there is none. */
export type Asked<Answer> =
  | { readonly answer: Answer }
  | {
      readonly reason: string;
      /** What the process itself said was wrong; not there if it died, was late, or was interrupted. */
      readonly failure?: Failure;
    };

/** How long to wait, and what ends the waiting before. */
export interface Patience {
  /** The process is killed if nothing is heard of it for so long. */
  readonly patienceSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether news says that the process now waits for somebody else, which is then not held against it. */
  readonly isWaiting?: (news: unknown) => boolean;
}

/** What is said of a process that was late. */
export function noAnswer(seconds: number): string {
  return `no answer after ${seconds < 1 ? seconds : Math.round(seconds)} s`;
}

/** What is said of a process whose answer nobody waits for any more. */
export const INTERRUPTED = "interrupted";
