import type { DescribedCompressor } from "../../core/compressor.js";
import {
  atLevel,
  loadCompressor,
  type CompressorChoice,
  type NamedCompressor,
} from "../../plugins/load-compressor.js";
import { ownFile } from "../../plugins/own-file.js";
import { refuseTaken, tryOwn } from "../try-own.js";

/**
 * The compressor that a user names: one of this tool's (`gzip:9`), or a file of one, with a level perhaps
 * (`./mine.ts:3`), which must keep the contract. That is tried in a process of its own, which may die or hang.
 *
 * Rejects with an `InputError` that says in one line what is wrong, or if there is no such level.
 */
export async function checkedCompressor(text: string): Promise<CompressorChoice> {
  const own = ownFile(text);
  if (own === undefined) return loadCompressor(text);
  refuseTaken("compressors", "compressor", own.file);
  const script = new URL("./contract-process.js", import.meta.url);
  const { file, described } = await tryOwn<DescribedCompressor>(script, own.file);
  return { ...atLevel(described, own.rest, text), file };
}

/** What another process loads it by. */
export function nameOf({ text, file }: CompressorChoice): NamedCompressor {
  return { compressor: text, ...(file !== undefined && { compressorFile: file }) };
}
