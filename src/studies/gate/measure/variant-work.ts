import type { Codec, CodecOptions, OpenCodec } from "../../../core/codec.js";
import { HellfactError } from "../../../core/errors.js";
import type { Fact } from "../../../core/fact.js";
import type { Pool } from "../../../payload/pool.js";
import { Slab } from "../../../core/slab.js";
import { loadPlugin } from "../../../plugins/catalog.js";
import type { GateDirection } from "./plan.js";

/** What a variant does to each fact of the pool. */
export interface Work {
  readonly facts: number;
  /** Everything as it is written, frames included. */
  readonly encoded: Buffer;
  /** Encodes or decodes one fact. */
  step(index: number): void;
  /** One fact of `encoded`, as a reader gets it. */
  decoded(index: number): Fact;
}

const BATCH_BYTES = 1 << 21;

/** Opens a codec for one direction. Encodes the pool once: for its bytes, and for reading. */
export async function openWork(
  codec: Codec,
  options: CodecOptions,
  { facts }: Pool,
  direction: GateDirection,
): Promise<Work> {
  const writer =
    codec.writtenBy === undefined ? codec : await loadPlugin("codecs", codec.writtenBy);
  const { encode, sidecar } = writer.open(options);
  if (encode === undefined) throw new HellfactError(`${writer.name} cannot write`);
  const framing = await loadPlugin("framing", codec.framing);
  const slab = new Slab(BATCH_BYTES);
  const write = (fact: Fact) => {
    const start = framing.begin(slab);
    encode(fact, slab);
    framing.end(slab, start);
  };
  for (const fact of facts) write(fact);
  const encoded = Buffer.from(slab.buffer.subarray(0, slab.position));
  const records = [...framing.split(encoded)];
  if (records.length !== facts.length) {
    throw new HellfactError(`${facts.length} facts became ${records.length} records`);
  }
  const decode = readerOf(codec, options, sidecar?.());
  const decoded = (index: number) => decode(records[index] as Uint8Array);
  if (direction === "read") {
    // Something of every result is kept, so that no work can be left out.
    let kept: Fact = {};
    const step = (index: number) => {
      kept = decoded(index);
      if (kept === undefined) throw new HellfactError(`nothing was read of fact ${index}`);
    };
    return { facts: facts.length, encoded, decoded, step };
  }
  const step = (index: number) => {
    if (slab.position > BATCH_BYTES) slab.position = 0;
    write(facts[index] as Fact);
  };
  return { facts: facts.length, encoded, decoded, step };
}

function readerOf(
  codec: Codec,
  options: CodecOptions,
  sidecar: Uint8Array | undefined,
): NonNullable<OpenCodec["decode"]> {
  const { decode } = codec.open({ ...options, ...(sidecar !== undefined && { sidecar }) });
  if (decode === undefined) throw new HellfactError(`${codec.name} cannot read`);
  return decode;
}
