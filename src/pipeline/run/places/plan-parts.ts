/** What facts of a run go through, by its plan. */
import type { CodecChoice } from "../../../plugins/load-codec.js";
import { loadParts, type Parts } from "../../parts.js";
import type { OwnFiles } from "../own-files.js";
import type { RunPlan } from "../plan.js";

/** The codec of a plan. */
export function codecOf({ codec }: Pick<RunPlan, "codec">, { codecFile }: OwnFiles): CodecChoice {
  return codecFile === undefined ? { codec } : { codec, codecFile };
}

/**
 * Loads what facts of a plan go through. Rejects as `loadParts` does.
 *
 * @param engine what is to compress, or to undo it, where it is not what is usual here
 */
export async function partsOf(
  plan: Pick<RunPlan, "codec" | "compressor" | "unit">,
  own: OwnFiles,
  engine: string | null = null,
): Promise<Parts> {
  const compressor = { compressor: plan.compressor, compressorFile: own.compressorFile };
  return loadParts(codecOf(plan, own), compressor, engine, plan.unit);
}
