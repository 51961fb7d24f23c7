let hasLeft = false;

/** Ends this process quietly, because the reader of its output has seen enough, as `head` does: no failure. */
export function endForReader(): never {
  hasLeft = true;
  process.exit(0);
}

/** Whether that is why this process ends. */
export function readerHasLeft(): boolean {
  return hasLeft;
}
