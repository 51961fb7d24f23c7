import type { OpenCodec } from "../core/codec.js";
import type { OpenCompressor } from "../core/compressor.js";
import type { ContainerBatch } from "../core/container.js";
import { DataError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import type { Parts } from "./parts.js";

/** A stretch of a file's content; its records are facts, or batches for `decodeBatch`. */
export type ReadBatch = ContainerBatch;

type ReadingParts = Pick<Parts, "compressor" | "framing" | "unit">;

/** A file's content, in order. Throws a `DataError` with the offset where it is not whole. */
export function* batchesIn(
  file: Uint8Array,
  { compressor, framing, unit }: ReadingParts,
  { container }: Pick<OpenCodec, "container">,
): Iterable<ReadBatch> {
  if (unit === "fact") {
    for (const compressed of framing.split(file)) {
      const fact = decompressed(compressed, compressed.byteOffset - file.byteOffset, compressor);
      yield { encodedBytes: fact.length, records: [fact] };
    }
    return;
  }
  if (container !== undefined) {
    yield* container.read(compressor.decompress(file));
    return;
  }
  for (const content of compressor.decompress(file)) {
    yield { encodedBytes: content.length, records: framing.split(content) };
  }
}

/** One fact that was compressed alone, at `offset` in its file. */
function decompressed(bytes: Uint8Array, offset: number, compressor: OpenCompressor): Uint8Array {
  try {
    const [fact, ...others] = compressor.decompress(bytes);
    if (fact !== undefined && others.length === 0) return fact;
    throw new DataError("a compressed fact is empty, or more than one. It starts", 0);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.problem, offset + error.offset);
  }
}

/** The facts of a file, in order, decoded; `undefined` for each if the codec cannot. */
export function* factsIn(
  file: Uint8Array,
  parts: ReadingParts,
  codec: OpenCodec,
): Iterable<Fact | undefined> {
  const { decode, decodeBatch } = codec;
  for (const { records } of batchesIn(file, parts, codec)) {
    for (const bytes of records) {
      if (decodeBatch === undefined) yield decode?.(bytes);
      else yield* decodeBatch(bytes);
    }
  }
}
