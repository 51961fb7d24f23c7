/** How far a study is. */
export interface ProgressEvent {
  /** From 0 to 1. */
  readonly done: number;
  /** About how long it will go on; `null` where that is not known. */
  readonly secondsLeft: number | null;
  /** The phase it is in, such as `round 3`, which changes seldom. */
  readonly stage: string;
  /** What is being done right now, such as `json gzip:6 write`, or "". */
  readonly activity: string;
}

/**
 * A study under way: a promise of its result, with what happens until then.
 *
 * `progress` ends when the study does, and throws what it rejects with. A reader that is slower than the
 * events gets the newest one; without a reader they are dropped.
 */
export interface Measuring<Result> extends Promise<Result> {
  readonly progress: AsyncIterable<ProgressEvent>;
}

/** Starts `work`, which tells how far it is by `tell`. */
export function measuring<Result>(
  work: (tell: (event: ProgressEvent) => void) => Promise<Result>,
): Measuring<Result> {
  let newest: ProgressEvent | undefined;
  let isOver = false;
  let wake: () => void = () => undefined;
  const promise = work((event) => {
    newest = event;
    wake();
  }).finally(() => {
    isOver = true;
    wake();
  });
  async function* events(): AsyncGenerator<ProgressEvent, void, undefined> {
    promise.catch(() => undefined); // it is thrown here as well
    for (;;) {
      if (newest !== undefined) {
        const event = newest;
        newest = undefined;
        yield event;
      } else if (isOver) {
        await promise;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return Object.assign(promise, { progress: { [Symbol.asyncIterator]: events } });
}
