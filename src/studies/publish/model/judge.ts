/**
 * What binds publishing, from what its parts do alone.
 *
 * The client makes, writes and sends in one thread, and waits only where as much is in flight as may be. Where it
 * hardly waits, it binds. Where it waits, what is left out part by part tells for what: files or memory, JetStream or
 * not; what is left is the way there. A difference counts where it is larger than `MARGIN` in every round.
 */

export interface Round {
  readonly source: number;
  readonly nobody: number;
  readonly memory: number;
  readonly file: number;
}

type Cause = "client" | "storage" | "server" | "network";

export type PublishVerdict =
  | { readonly kind: "bound"; readonly by: Cause }
  | { readonly kind: "inconclusive"; readonly why: string };

/** Less of the time than this is no waiting. */
export const LITTLE = 0.1;
/** Rates of one part that are no further apart say nothing. */
const MARGIN = 0.1;

/** @param waited the part of the time in which no more could be sent */
export function judge(rounds: readonly Round[], waited: number, isFile: boolean): PublishVerdict {
  if (waited < LITTLE) return { kind: "bound", by: "client" };
  if (rounds.length === 0) return { kind: "inconclusive", why: "nothing was measured alone" };
  const slower = (a: keyof Round, b: keyof Round) =>
    compared(rounds.map((round) => round[a] < round[b] * (1 - MARGIN)));
  const byFiles = isFile ? slower("file", "memory") : false;
  if (byFiles === undefined) return unsure("files were slower than memory in some rounds only");
  if (byFiles) return { kind: "bound", by: "storage" };
  const byServer = slower("memory", "nobody");
  if (byServer === undefined) {
    return unsure("JetStream was slower than no JetStream in some rounds only");
  }
  return { kind: "bound", by: byServer ? "server" : "network" };
}

function unsure(why: string): PublishVerdict {
  return { kind: "inconclusive", why };
}

/** What all say; `undefined` where they do not agree. */
function compared(answers: readonly boolean[]): boolean | undefined {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}
