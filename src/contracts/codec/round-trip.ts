import type { Codec, CodecOptions, OpenCodec } from "../../core/codec.js";
import type { Fact } from "../../core/fact.js";
import { Slab } from "../../core/slab.js";
import { firstDifference } from "../../payload/difference.js";

/** A codec, and the one that writes what it reads, which mostly is itself. */
export interface Pair {
  readonly codec: Codec;
  readonly writer: Codec;
}

/** The bytes of one fact; for a codec that takes batches, those of a batch of one. */
export function encoded(open: OpenCodec, fact: Fact): Buffer {
  const slab = new Slab(16); // too small on purpose: codecs must make room
  if (open.encodeBatch === undefined) open.encode?.(fact, slab);
  else open.encodeBatch([fact], slab);
  return Buffer.from(slab.buffer.subarray(0, slab.position));
}

/** Encodes facts, and decodes them with a codec opened anew from what lies beside the file. */
export function roundTrip(
  { codec, writer }: Pair,
  facts: readonly Fact[],
  options: CodecOptions,
): unknown[] {
  const open = writer.open(options);
  const bytes = facts.map((fact) => encoded(open, fact));
  const sidecar = open.sidecar?.();
  const reader = codec.open(sidecar === undefined ? options : { ...options, sidecar });
  return bytes.map((one) => {
    const fact =
      reader.decodeBatch === undefined ? reader.decode?.(one) : reader.decodeBatch(one)[0];
    one.fill(0xff); // the pipeline reuses these bytes
    return fact;
  });
}

/** Where the first fact that comes back changed, beyond the declared losses, does so. */
export function changedFact(
  pair: Pair,
  facts: readonly Fact[],
  options: CodecOptions,
): string | undefined {
  const losses = [...pair.codec.losses, ...pair.writer.losses];
  const back = roundTrip(pair, facts, options);
  for (const [index, fact] of facts.entries()) {
    const path = firstDifference(fact, back[index], losses);
    if (path !== undefined) return `fact ${index} comes back changed at ${path}`;
  }
  return undefined;
}

/** Where the first fact of a batch comes back changed, with one writer and reader for all of them. */
export function changedBatch(
  { codec, writer }: Pair,
  batches: readonly (readonly Fact[])[],
  options: CodecOptions,
): string | undefined {
  const open = writer.open(options);
  const reader = codec.open(options);
  for (const facts of batches) {
    const slab = new Slab(16);
    slab.utf8("x"); // no batch begins where numbers are aligned
    open.encodeBatch?.(facts, slab);
    const bytes = Buffer.from(slab.buffer.subarray(1, slab.position));
    const back = reader.decodeBatch?.(bytes) ?? [];
    if (back.length !== facts.length) return `of ${facts.length} facts come back ${back.length}`;
    for (const [index, fact] of facts.entries()) {
      const path = firstDifference(fact, back[index], codec.losses);
      if (path !== undefined) return `fact ${index} of a batch comes back changed at ${path}`;
    }
  }
  return undefined;
}

/** Whether a fact holds a value that a codec is known to refuse. */
export function isRefused({ refuses = [] }: Codec, fact: Fact): boolean {
  const leaves: unknown[] = [];
  JSON.stringify(fact, (_, value: unknown) => {
    leaves.push(value);
    return value;
  });
  const beyond64Bits = (value: unknown) =>
    typeof value === "number" &&
    Number.isInteger(value) &&
    (value < -(2 ** 63) || value >= 2 ** 64);
  return (
    (refuses.includes("integer-beyond-64-bits") && leaves.some(beyond64Bits)) ||
    (refuses.includes("lone-surrogate") && !JSON.stringify(fact).isWellFormed())
  );
}
