import type { Codec, CodecOptions, OpenCodec } from "../../../core/codec.js";
import { HellfactError } from "../../../core/errors.js";
import type { Fact } from "../../../core/fact.js";
import { Slab } from "../../../core/slab.js";
import { loadPlugin } from "../../../plugins/catalog.js";
import { importPlugin } from "../../../plugins/import-module.js";
import { isCodecFile } from "../../../plugins/load-codec.js";

/** A codec, and the one that writes what it reads: itself, mostly. */
export interface Pair {
  readonly codec: Codec;
  readonly writer: Codec;
}

/** Loads a codec, named or as a file, and its writer. Rejects with an `UnavailableError` if either does not load. */
export async function loadPair(name: string): Promise<Pair> {
  const codec = isCodecFile(name)
    ? await importPlugin<Codec>(name, "codec")
    : await loadPlugin("codecs", name);
  const writer =
    codec.writtenBy === undefined ? codec : await loadPlugin("codecs", codec.writtenBy);
  return { codec, writer };
}

/** What became of a fact, or where on its way it was refused. */
export type Trip = { readonly back: unknown } | Refused;

interface Refused {
  readonly stage: "open" | "write" | "read";
  readonly error: unknown;
}

/**
 * Sends facts through a codec one by one, and reads them with a codec opened anew from what lies
 * beside the file: the sidecar, or the schema where there is none.
 */
export function roundTrips(
  { codec, writer }: Pair,
  facts: readonly Fact[],
  options: CodecOptions,
): Trip[] {
  const written = attempt("open", () => writer.open(options));
  if ("stage" in written) return facts.map(() => written);
  const bytes = facts.map((fact) => attempt("write", () => encoded(writer, written.done, fact)));
  const sidecar = written.done.sidecar?.();
  const read = attempt("read", () => codec.open(sidecar === undefined ? options : { sidecar }));
  return bytes.map((one): Trip => {
    if ("stage" in one) return one;
    if ("stage" in read) return read;
    const back = attempt("read", () => decoded(codec, read.done, one.done));
    return "stage" in back ? back : { back: back.done };
  });
}

function attempt<T>(stage: Refused["stage"], work: () => T): { readonly done: T } | Refused {
  try {
    return { done: work() };
  } catch (error) {
    return { stage, error };
  }
}

/** The bytes of one fact; for a codec that takes batches, those of a batch of one. */
function encoded({ name }: Codec, open: OpenCodec, fact: Fact): Buffer {
  const slab = new Slab(64);
  if (open.encodeBatch !== undefined) open.encodeBatch([fact], slab);
  else if (open.encode !== undefined) open.encode(fact, slab);
  else throw new HellfactError(`${name} cannot write`);
  return Buffer.from(slab.buffer.subarray(0, slab.position));
}

/** The fact in these bytes, or in the batch of one that they are. */
function decoded({ name }: Codec, open: OpenCodec, bytes: Uint8Array): unknown {
  if (open.decodeBatch !== undefined) return open.decodeBatch(bytes)[0];
  if (open.decode === undefined) throw new HellfactError(`${name} cannot read`);
  return open.decode(bytes);
}

/** What a codec makes of JSON text. */
export function decodedText(codec: Codec, text: string, options: CodecOptions): Trip {
  const back = attempt("read", () => decoded(codec, codec.open(options), Buffer.from(text)));
  return "stage" in back ? back : { back: back.done };
}
