/** What goes wrong with a stream, in a line. */
import { setTimeout } from "node:timers/promises";
import { firstLine, HellfactError, InputError, UnavailableError } from "../../../core/errors.js";
import { problemOf, WRONG_LAST_SEQUENCE } from "../persist.js";
import { NO_JETSTREAM } from "../streams.js";

/** Insufficient resources, storage or memory; and what a stream says that takes no more. */
const FULL = new Set([10023, 10047, 10028, 10077]);
const TOO_LARGE = 10054;
const OVERLAPPING = 10065;
/** One with the same id is on its way to where it is kept. */
const ID_IN_PROCESS = 10158;

/** Whether waiting may mend it: nobody answered, or something before was not kept. */
export function mayPass(error: unknown): boolean {
  if (error instanceof HellfactError || /permission/i.test(firstLine(error))) return false;
  const problem = problemOf(error);
  return (
    problem === undefined || problem.code === WRONG_LAST_SEQUENCE || problem.code === ID_IN_PROCESS
  );
}

/** Servers that are down, or have no leader, come back within this, or are told to be away. */
export const PATIENCE_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 200;

/** Asks servers that do not answer now again for a while. Rejects as `streamTrouble` says. */
export async function patiently<T>(
  where: string,
  address: string,
  action: () => Promise<T>,
): Promise<T> {
  const since = performance.now();
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!mayPass(error) || performance.now() - since > PATIENCE_MILLISECONDS) {
        throw streamTrouble(where, address, error);
      }
      await setTimeout(PAUSE_MILLISECONDS);
    }
  }
}

/** @param where the stream and its server, for people */
export function streamTrouble(where: string, address: string, error: unknown): HellfactError {
  if (error instanceof HellfactError) return error;
  const problem = problemOf(error);
  const text = firstLine(error);
  if (/permission/i.test(text)) {
    return new InputError(
      `${where}: this user may not do that there (${text}). Give --creds of one who may.`,
    );
  }
  if (/jetstream is not enabled/i.test(text) || NO_JETSTREAM.has(problem?.code ?? 0)) {
    return new UnavailableError(`${address} has no JetStream. Start it with nats-server -js.`);
  }
  if (problem === undefined) return new HellfactError(`${where}: nobody answers (${text}).`);
  if (FULL.has(problem.code)) {
    return new HellfactError(
      `${where} is full: ${problem.text}. What is in it stays; the same command goes on when there is room.`,
    );
  }
  if (problem.code === TOO_LARGE) return new InputError(`${where}: ${problem.text}.`);
  if (problem.code === OVERLAPPING) {
    return new InputError(
      `${where} cannot be made: another stream takes its subjects already. Give another name.`,
    );
  }
  return new HellfactError(`${where}: ${problem.text}.`);
}
