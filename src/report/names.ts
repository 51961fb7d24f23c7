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

/** A runtime as a table calls it: by its configuration alone, where all are configurations of one. */
export function runtimeLabel(name: string, all: readonly string[]): string {
  const [binary = ""] = name.split(" ");
  const isCommon = all.every((other) => other.split(" ")[0] === binary);
  return isCommon && all.length > 1 ? name.slice(binary.length + 1) || "default" : name;
}
