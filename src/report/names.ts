/** How scenarios and what they are made of are called on a page or a chart. */
import type { Direction } from "../trial/result.js";

/** What a direction does. */
export const DIRECTION_TITLES: Record<Direction, string> = {
  write: "Write",
  read: "Read back",
  project: "Read single fields",
  validate: "Validate",
};

/** What somebody chooses between. */
interface Choice {
  readonly codec: string;
  readonly compressor: string;
  /** Where runtimes are compared. */
  readonly runtime?: string | undefined;
}

/** A codec with its compressor, if it has one, and its runtime, if those differ: `json gzip 6`. */
export function choiceName({ codec, compressor, runtime }: Choice): string {
  const under = runtime === undefined ? "" : ` on ${runtime}`;
  return `${codec}${compressor === "none" ? "" : ` ${compressor.replace(":", " ")}`}${under}`;
}

/** A group of what is compressed the same way. */
export function compressionTitle(compressor: string): string {
  return compressor === "none" ? "not compressed" : compressor.replace(":", " ");
}
