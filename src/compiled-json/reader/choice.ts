type Read = (bytes: Uint8Array) => unknown;

/** What compiled code reads before it is judged: engines compile what they have seen often. */
const WARM_UP_BYTES = 8_000_000;
/** What each way reads while they are compared. */
const TRIAL_BYTES = 2_000_000;

/**
 * Reads by `first`, and compares it by turns with `second` when it is warm; from then on by the one
 * that took less time for a byte. Both must give the same.
 */
export function fasterOf(first: Read, second: Read): Read {
  let chosen: Read | undefined;
  let seenBytes = 0;
  const trials = [first, second].map((read) => ({ read, bytes: 0, milliseconds: 0 }));
  return (bytes) => {
    if (chosen !== undefined) return chosen(bytes);
    seenBytes += bytes.length;
    if (seenBytes < WARM_UP_BYTES) return first(bytes);
    const [trial, other] = trials.toSorted((a, b) => a.bytes - b.bytes);
    if (trial === undefined || other === undefined) return first(bytes);
    const startedAt = performance.now();
    const value = trial.read(bytes);
    trial.milliseconds += performance.now() - startedAt;
    trial.bytes += bytes.length;
    if (trial.bytes >= TRIAL_BYTES && other.bytes >= TRIAL_BYTES) {
      const own = trial.milliseconds / trial.bytes;
      chosen = own < other.milliseconds / other.bytes ? trial.read : other.read;
    }
    return value;
  };
}
