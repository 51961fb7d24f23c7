/** Goes on until it works: servers of a cluster are down now and then, and come back. */
import { setTimeout } from "node:timers/promises";
import { HellfactError } from "../../core/errors.js";

const WAIT_MILLISECONDS = 200;

/** Errors that no waiting mends, by JetStream's own numbers, are for whoever asked. */
export interface ApiProblem {
  readonly code: number;
  readonly text: string;
}

export const STREAM_NOT_FOUND = 10059;
export const CONSUMER_NOT_FOUND = 10014;
export const WRONG_LAST_SEQUENCE = 10071;
const MESSAGE_NOT_FOUND = 10037;
const LASTING = new Set([
  STREAM_NOT_FOUND,
  CONSUMER_NOT_FOUND,
  WRONG_LAST_SEQUENCE,
  MESSAGE_NOT_FOUND,
  10023, // insufficient resources
  10025, // bad request
  10047, // insufficient storage
  10028, // insufficient memory
  10058, // stream name in use with another configuration
  10060,
  10074, // replicas > 1 not supported in non-clustered mode
  10076, // JetStream not enabled
  10039, // JetStream not enabled for account
  10094,
  10148, // consumer exists already
]);

/** What JetStream said was wrong, or `undefined` where it said nothing. */
export function problemOf(error: unknown): ApiProblem | undefined {
  const {
    code,
    api_error: api,
    message,
  } = error as {
    code?: unknown;
    api_error?: { err_code?: number; description?: string };
    message?: string;
  };
  const number = api?.err_code ?? (typeof code === "number" ? code : undefined);
  if (number === undefined) return undefined;
  return { code: number, text: api?.description ?? message ?? "" };
}

/**
 * Tries again until it works, the problem is one that lasts, or nobody wants it any more.
 * @param onProblem decides about a lasting problem; by default it is thrown
 */
export async function persist<T>(action: () => Promise<T>, isWanted: () => boolean): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined && LASTING.has(problem.code)) throw error;
      if (!isWanted()) throw new HellfactError("it is not wanted any more");
      await setTimeout(WAIT_MILLISECONDS);
    }
  }
}
