/** Work for somebody else, who says when it is over. */
interface Work {
  readonly isIdle: boolean;
  /** @param onEnded there is no more of it */
  start(onEnded: () => void): void;
  stop(): Promise<void>;
}

export interface StayOptions {
  /** Ends it: what is in hand is given back. */
  readonly signal: AbortSignal;
  /** Asked now and then when there was nothing to do for so many seconds: whether to leave. */
  readonly mayLeave: (idleSeconds: number) => boolean;
}

interface Looks {
  /** From one to the next. */
  readonly milliseconds: number;
  readonly onLook?: () => void;
}

/** Works until it is over, or there is a reason to leave, which is looked for now and then; and stops then. */
export async function stay(
  work: Work,
  { signal, mayLeave }: StayOptions,
  { milliseconds, onLook = () => undefined }: Looks,
): Promise<void> {
  let end = () => undefined as void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let busyAt = performance.now();
  const timer = setInterval(() => {
    onLook();
    if (!work.isIdle) busyAt = performance.now();
    if (mayLeave(work.isIdle ? (performance.now() - busyAt) / 1000 : 0)) end();
  }, milliseconds);
  signal.addEventListener("abort", end, { once: true });
  try {
    work.start(end);
    if (signal.aborted) end();
    await ended;
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", end);
    await work.stop();
  }
}
