/** A queue whose jobs are done by workers of a cluster: what that takes beside a queue of one machine. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InputError } from "../../core/errors.js";
import type { OpenTransport, QueueOptions } from "../../core/transport.js";
import { Compile, Type, type Static } from "../../core/typebox.js";
import { writeWhole } from "../../sinks/file.js";
import { STATE_FILES } from "./places.js";

/** Is there while workers may have jobs in hands: whose they are, and for how long those hold without a word. */
const Mark = Type.Object({
  cluster: Type.String(),
  leaseSeconds: Type.Number({ minimum: 0, maximum: 1e9 }),
});
type Mark = Static<typeof Mark>;
const checkedMark = Compile(Mark);

/** Clocks of machines do not run alike, and ends of processes take a moment. */
const MORE_SECONDS = 0.5;

/**
 * Sees to it that no job of an earlier coordinator, which was killed, runs on: workers are told to end what they have,
 * and those that do not hear it end it by themselves before their leases are over. Only then are permits given anew.
 * Throws an `InputError` where they are workers of another cluster.
 *
 * @returns whether they have ended; not so where `signal` came first
 */
export async function endEarlier(
  transport: OpenTransport,
  state: string,
  options: QueueOptions,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<boolean> {
  const isThere = (await transport.receiver(options.id, "")) !== undefined;
  const mark = markIn(state);
  if (!isThere && mark === undefined) return !signal.aborted;
  const cluster = mark?.cluster ?? "";
  if (!isThere && cluster !== "" && cluster !== transport.address) throw inHands(state, cluster);
  const leaseSeconds = Math.max(options.leaseSeconds, mark?.leaseSeconds ?? 0);
  markInHands(state, { cluster: transport.address, leaseSeconds });
  const seconds = leaseSeconds + MORE_SECONDS;
  tell(`an earlier queue may have jobs in hands: they are ended, which takes ${seconds} s`);
  const earlier = await transport.dispatcher(options);
  await earlier.stop(true);
  await setTimeout(seconds * 1000, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

/** Throws an `InputError` where workers of a cluster may have jobs in hands, which nobody here would wait for. */
export function refuseInHands(state: string): void {
  const mark = markIn(state);
  if (mark !== undefined) throw inHands(state, mark.cluster);
}

/** Says that jobs are in hands from now on, or that none is any more. */
export function markInHands(state: string, mark: Mark | undefined): void {
  const path = join(state, STATE_FILES.inHands);
  if (mark === undefined) rmSync(path, { force: true });
  else writeWhole(path, Buffer.from(`${JSON.stringify(mark)}\n`), "close");
}

function markIn(state: string): Mark | undefined {
  const path = join(state, STATE_FILES.inHands);
  if (!existsSync(path)) return undefined;
  try {
    const mark: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (checkedMark.Check(mark)) return mark;
  } catch {
    // It says that there are some, if no more.
  }
  return { cluster: "", leaseSeconds: 0 };
}

function inHands(state: string, cluster: string): InputError {
  const words = cluster === "" ? "--cluster" : `--cluster ${cluster}`;
  return new InputError(
    `${state}: workers of a cluster may have jobs in hands. Begin it once with ${words}, which ends them; or, ` +
      `where no worker runs any more, take ${join(state, STATE_FILES.inHands)} away.`,
  );
}
