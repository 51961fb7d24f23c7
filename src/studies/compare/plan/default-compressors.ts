import type { Compressor, CompressorOptions } from "../../../core/compressor.js";
import { UnavailableError } from "../../../core/errors.js";
import { loadCompressor } from "../../../plugins/load-compressor.js";
import { pluginNames } from "../../../plugins/catalog.js";

/** What is compressed with where nothing is asked for, on a runtime that has all of it. */
const USUAL = ["none", "gzip"];
const WHERE_THERE_IS_ONE = "zstd";
/** Of the usual ones, what a comparison that has too little time can do without. */
export const SPARE_COMPRESSORS = [WHERE_THERE_IS_ONE];

/** The word on the command line for every compressor that there is. */
export const EVERY_COMPRESSOR = "all";

/** All that this machine has, and levels that have a name beside the usual one. */
export async function everyCompressor(): Promise<string[]> {
  const here: string[] = [];
  for (const name of pluginNames("compressors")) {
    const { compressor, options } = await loadCompressor(name);
    const named = compressor.levels?.named ?? [];
    if (await isHere(compressor, options))
      here.push(name, ...named.map((level) => `${name}:${level}`));
  }
  return here;
}

async function isHere(compressor: Compressor, options: CompressorOptions): Promise<boolean> {
  try {
    await compressor.open(options);
    return true;
  } catch (error) {
    if (error instanceof UnavailableError) return false;
    throw error;
  }
}

/** The compressors of a plain comparison: zstd among them where it loads. */
export async function defaultCompressors(): Promise<string[]> {
  const { compressor, options } = await loadCompressor(WHERE_THERE_IS_ONE);
  return (await isHere(compressor, options)) ? [...USUAL, WHERE_THERE_IS_ONE] : USUAL;
}
