import type { Codec, OpenCodec } from "../core/codec.js";
import type { CompressionUnit, DescribedCompressor, OpenCompressor } from "../core/compressor.js";
import { InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import type { Framing } from "../core/framing.js";
import { loadPlugin } from "../plugins/catalog.js";
import { loadCodec, type CodecChoice } from "../plugins/load-codec.js";
import { loadCompressor, type NamedCompressor } from "../plugins/load-compressor.js";

/** The plugins that facts go through on their way to bytes and back, loaded. */
export interface Parts {
  readonly codec: Codec;
  readonly framing: Framing;
  readonly compressor: OpenCompressor;
  /** What the compressor appends to a file's name. */
  readonly fileSuffix: string;
  /** What is compressed as one. Where nothing is compressed, batches are what is handed on. */
  readonly unit: CompressionUnit;
  /** What compresses, where that is not the same on every runtime. */
  readonly compressedBy: string | undefined;
}

/**
 * Loads a codec, its framing, and a compressor (`none`, `gzip`, `gzip:9`, `gzip:fast`).
 *
 * Rejects with an `InputError` for a wrong name or level, and with an `UnavailableError` if one of
 * them does not load on this machine.
 */
export async function loadParts(
  chosen: string | CodecChoice,
  chosenCompressor: string | NamedCompressor,
  engine: string | null = null,
  unit: CompressionUnit = "batch",
): Promise<Parts> {
  const codec = await loadCodec(typeof chosen === "string" ? { codec: chosen } : chosen);
  const { compressor, options } = await loadCompressor(chosenCompressor);
  const problem = unitProblem(unit, codec, compressor);
  if (problem !== undefined) throw new InputError(`compression unit ${unit}: ${problem}.`);
  const isByFact = unit === "fact" && compressor.name !== "none";
  return {
    codec,
    // Compressed facts may have any bytes in them, whatever the codec's own framing is.
    framing: await loadPlugin("framing", isByFact ? "length-delimited" : codec.framing),
    unit: compressor.name === "none" ? "batch" : unit,
    fileSuffix: compressor.fileSuffix,
    compressedBy: compressor.compressesBy,
    compressor: await compressor.open({
      ...options,
      ...(engine !== null && { engine }),
    }),
  };
}

/** Why facts cannot be compressed in a unit, or `undefined` if they can. */
export function unitProblem(
  unit: CompressionUnit,
  codec: Pick<Codec, "name" | "layout">,
  compressor: Pick<DescribedCompressor, "name" | "streams">,
): string | undefined {
  if (compressor.name === "none") return undefined;
  if (unit === "fact" && codec.layout === "columnar") {
    return `${codec.name} puts a batch of facts together, so no fact can be compressed alone`;
  }
  if (unit === "file" && !compressor.streams) {
    return `${compressor.name} cannot compress a file as one stream here; gzip can`;
  }
  return undefined;
}

/** The same parts without what compresses: facts are only encoded and framed. */
export function uncompressed(parts: Parts): Parts {
  const compressor: OpenCompressor = {
    compress: (batch) => batch,
    decompress: (file) => parts.compressor.decompress(file),
  };
  return { ...parts, unit: "batch", compressor };
}

/** Opens a codec with what it may need, where that is there. */
export function openCodec(
  codec: Codec,
  schema: JsonSchema | undefined,
  sidecar?: Uint8Array,
): OpenCodec {
  return codec.open({
    ...(schema !== undefined && { schema }),
    ...(sidecar !== undefined && { sidecar }),
  });
}

/** What to tell somebody who asks a codec to write that only reads. */
export function cannotWrite({ name, writtenBy }: Codec): InputError {
  const hint = writtenBy === undefined ? "" : `; ${writtenBy} writes what it reads`;
  return new InputError(`${name} cannot write${hint}.`);
}
