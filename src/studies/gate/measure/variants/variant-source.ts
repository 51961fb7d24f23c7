import { realpathSync } from "node:fs";
import type { CodecPlace } from "../plan.js";

/** A variant with its codecs, ready to be measured. */
export interface VariantSource {
  /** As the user wrote it. */
  readonly label: string;
  /** The codecs of the variant; at least one. */
  readonly codecs: readonly CodecPlace[];
  /** Takes away what was made for the variant. */
  readonly dispose: () => Promise<void>;
}

export const NOTHING_TO_DISPOSE = (): Promise<void> => Promise.resolve();

export function placeIn(name: string, file: string, exportName = "default"): CodecPlace {
  return { name, file: realpathSync(file), exportName, library: null, slowdown: 0 };
}
