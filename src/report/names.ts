/** How scenarios and what they are made of are called on a page or a chart. */
import type { Direction, ScenarioResult } from "../results/document.js";

/** What a direction does. */
export const DIRECTION_TITLES: Record<Direction, string> = {
  write: "Write",
  read: "Read back",
  project: "Read single fields",
  validate: "Validate",
};

/** A codec with its compressor, if it has one: `json gzip 6`. */
export function choiceName({ codec, compressor }: Pick<ScenarioResult, "codec" | "compressor">) {
  return compressor === "none" ? codec : `${codec} ${compressor.replace(":", " ")}`;
}

/** A group of what is compressed the same way. */
export function compressionTitle(compressor: string): string {
  return compressor === "none" ? "not compressed" : compressor.replace(":", " ");
}
