import { UnavailableError } from "../../../core/errors.js";
import { loadCompressor } from "../../../pipeline/parts.js";

/** What is compressed with where nothing is asked for, on a runtime that has all of it. */
const USUAL = ["none", "gzip"];
const WHERE_THERE_IS_ONE = "zstd";

/** The compressors of a plain comparison: zstd among them where this runtime has it (Node 22.15 and later). */
export async function defaultCompressors(): Promise<string[]> {
  const { compressor, options } = await loadCompressor(WHERE_THERE_IS_ONE);
  try {
    await compressor.open(options);
    return [...USUAL, WHERE_THERE_IS_ONE];
  } catch (error) {
    if (error instanceof UnavailableError) return USUAL;
    throw error;
  }
}
