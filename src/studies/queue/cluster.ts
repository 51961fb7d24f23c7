/** A queue whose jobs are done by workers of a cluster: what that takes beside a queue of one machine. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { OpenTransport, QueueOptions } from "../../core/transport.js";

/** Is there while workers may have jobs in hands. */
const MARK_FILE = "in-hands";
/** Clocks of machines do not run alike, and ends of processes take a moment. */
const MORE_SECONDS = 0.5;

/**
 * Sees to it that no job of an earlier coordinator, which was killed, runs on: workers are told to end what they have,
 * and those that do not hear it end it by themselves before their leases are over. Only then are permits given anew.
 */
export async function endEarlier(
  transport: OpenTransport,
  state: string,
  options: QueueOptions,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<void> {
  const isThere = (await transport.receiver(options.id, "")) !== undefined;
  if (!isThere && !existsSync(join(state, MARK_FILE))) return;
  const seconds = options.leaseSeconds + MORE_SECONDS;
  tell(`an earlier queue may have jobs in hands: they are ended, which takes ${seconds} s`);
  const earlier = await transport.dispatcher(options);
  await earlier.stop(true);
  await setTimeout(seconds * 1000, undefined, { signal }).catch(() => undefined);
}

/** Says that jobs are in hands from now on, or that none is any more. */
export function markInHands(state: string, areSome: boolean): void {
  if (areSome) writeFileSync(join(state, MARK_FILE), "");
  else rmSync(join(state, MARK_FILE), { force: true });
}
