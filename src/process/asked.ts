import type { Failure } from "./failure.js";

/** What came back: an answer, or why there is none. */
export type Asked<Answer> =
  | { readonly answer: Answer }
  | {
      readonly reason: string;
      /** What the process itself said was wrong; not there if it died, was late, or was interrupted. */
      readonly failure?: Failure;
      /** It took longer than it may, and was killed. */
      readonly isLate?: true;
    };

/** How long to wait, and what ends the waiting before. */
export interface Patience {
  /** The process is killed if nothing is heard of it for so long. */
  readonly patienceSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * What news changes of that from then on: seconds, or `null` where the process waits for somebody else, which is
   * not held against it. The same patience again where this is left out.
   */
  readonly patienceAfter?: (news: unknown) => number | null;
}

/** What is said of a process that was late. */
export function noAnswer(seconds: number): string {
  return `no answer after ${seconds < 1 ? seconds : Math.round(seconds)} s`;
}

/** What is said of a process whose answer nobody waits for any more. */
export const INTERRUPTED = "interrupted";
