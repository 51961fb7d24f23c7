import type { Compressor, CompressorOptions, DescribedCompressor } from "../core/compressor.js";
import { InputError } from "../core/errors.js";
import { loadPlugin } from "./catalog.js";
import { importPlugin } from "./import-module.js";

/** A compressor of this tool by its name and level, or another one by those and its file. */
export interface NamedCompressor {
  /** `none`, `gzip:9`, `mine:3` */
  readonly compressor: string;
  /** An absolute path. */
  readonly compressorFile?: string | undefined;
}

/** A compressor, and the level to use it at. */
export interface CompressorChoice<C extends DescribedCompressor = DescribedCompressor> {
  readonly compressor: C;
  /** How `open` is told of it. */
  readonly options: Pick<CompressorOptions, "level" | "namedLevel">;
  /** The choice in full: `gzip:6` where `gzip` was asked for. */
  readonly text: string;
  /** Where it is, if it is none of this tool's; an absolute path. */
  readonly file?: string;
}

/**
 * Loads a compressor as the command line writes it, or a user's own by its file. Rejects with an `InputError` if
 * name or level is wrong, and with an `UnavailableError` if it does not load on this machine.
 */
export async function loadCompressor(
  named: string | NamedCompressor,
): Promise<CompressorChoice<Compressor>> {
  const { compressor: text, compressorFile: file } =
    typeof named === "string" ? { compressor: named } : named;
  const name = compressorName(text);
  const level = text === name ? undefined : text.slice(name.length + 1);
  if (file === undefined) return atLevel(await loadPlugin("compressors", name), level, text);
  const compressor = await importPlugin<Compressor>(file, "compressor");
  return { ...atLevel(compressor, level, text), file };
}

/** `gzip` of `gzip:6`. */
export function compressorName(text: string): string {
  return text.split(":", 1)[0] ?? "";
}

/**
 * A compressor at a level, or at its usual one where none is said. Throws an `InputError` if it has no such level.
 *
 * @param asked how it was asked for
 */
export function atLevel<C extends DescribedCompressor>(
  compressor: C,
  wanted: string | undefined,
  asked: string,
): CompressorChoice<C> {
  const { levels, name } = compressor;
  if (levels === null) {
    if (wanted !== undefined) throw new InputError(`"${asked}": ${name} has no levels.`);
    return { compressor, options: {}, text: name };
  }
  const { named = [] } = levels;
  if (wanted !== undefined && named.includes(wanted)) {
    return { compressor, options: { namedLevel: wanted }, text: `${name}:${wanted}` };
  }
  const level = wanted === undefined ? levels.default : Number(wanted);
  if (!Number.isInteger(level) || level < levels.lowest || level > levels.highest) {
    throw new InputError(
      `"${asked}": ${name} has levels ${levels.lowest} to ${levels.highest}${orNamed(named)}, such as ${name}:${levels.default}.`,
    );
  }
  return { compressor, options: { level }, text: `${name}:${level}` };
}

function orNamed(names: readonly string[]): string {
  return names.length === 0 ? "" : `, and ${names.join(", ")}`;
}
