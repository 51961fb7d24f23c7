/** When a file's bytes are forced to the disk: never, as each file closes, or after every batch. */
export type Sync = "none" | "close" | "batch";

/** Where bytes go. It accepts whole batches; what it accepted is the next stage's problem. */
export interface Sink {
  write(batch: Uint8Array): void;
  /** Makes everything written whole and visible. After it, the sink takes no more. */
  close(): void;
  /** Gives up: leaves nothing behind that could be taken for whole. */
  discard(): void;
}

/** How many batches are written as one, to tell what a sink takes for each from what it takes for their bytes. */
export const WIDE = 4;
