import type { Codec } from "../core/codec.js";
import type { Compressor, OpenCompressor } from "../core/compressor.js";
import { InputError } from "../core/errors.js";
import type { Framing } from "../core/framing.js";
import { loadPlugin } from "../plugins/catalog.js";
import { loadCodec, type CodecChoice } from "../plugins/load-codec.js";

/** The plugins that facts go through on their way to bytes and back, loaded. */
export interface Parts {
  readonly codec: Codec;
  readonly framing: Framing;
  readonly compressor: OpenCompressor;
}

/**
 * Loads a codec, its framing, and a compressor (`none`, `gzip`, `gzip:9`).
 *
 * Rejects with an `InputError` for a wrong name or level, and with an `UnavailableError` if one of
 * them does not load on this machine.
 */
export async function loadParts(
  chosen: string | CodecChoice,
  compressorText: string,
  engine: string | null = null,
): Promise<Parts> {
  const codec = await loadCodec(typeof chosen === "string" ? { codec: chosen } : chosen);
  const { compressor, level } = await loadCompressor(compressorText);
  return {
    codec,
    framing: await loadPlugin("framing", codec.framing),
    compressor: await compressor.open({
      ...(level !== null && { level }),
      ...(engine !== null && { engine }),
    }),
  };
}

/** What to tell somebody who asks a codec to write that only reads. */
export function cannotWrite({ name, writtenBy }: Codec): InputError {
  const hint = writtenBy === undefined ? "" : `; ${writtenBy} writes what it reads`;
  return new InputError(`${name} cannot write${hint}.`);
}

/** A compressor, and the level to use it at. */
export interface CompressorChoice {
  readonly compressor: Compressor;
  /** `null` where it has none. */
  readonly level: number | null;
  /** The choice in full: `gzip:6` where `gzip` was asked for. */
  readonly text: string;
}

/** Reads a compressor as the command line writes it. Rejects with an `InputError` if it is wrong. */
export async function loadCompressor(text: string): Promise<CompressorChoice> {
  const [name = "", ...levelParts] = text.split(":");
  const wanted = levelParts.length === 0 ? undefined : levelParts.join(":");
  const compressor = await loadPlugin("compressors", name);
  const { levels } = compressor;
  if (levels === null) {
    if (wanted !== undefined) throw new InputError(`"${text}": ${name} has no levels.`);
    return { compressor, level: null, text: name };
  }
  const level = wanted === undefined ? levels.default : Number(wanted);
  if (!Number.isInteger(level) || level < levels.lowest || level > levels.highest) {
    throw new InputError(
      `"${text}": ${name} has levels ${levels.lowest} to ${levels.highest}, such as ${name}:${levels.default}.`,
    );
  }
  return { compressor, level, text: `${name}:${level}` };
}
