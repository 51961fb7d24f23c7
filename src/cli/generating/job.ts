/** Making facts and writing them: the work of `hellfact generate`, in whatever process it is done. */
import type { Profile } from "../../../generators/profile.js";
import type { Sink } from "../../core/sink.js";
import { loadParts } from "../../pipeline/parts.js";
import { writeFacts, type WriteFactsOptions, type Written } from "../../pipeline/write-facts.js";
import type { CodecChoice } from "../../plugins/load-codec.js";
import type { NamedCompressor } from "../../plugins/load-compressor.js";
import { generatorSource } from "../../sources/generator.js";

export interface GenerateJob {
  readonly seed: number;
  readonly from: number;
  readonly profile: Profile;
  readonly choice: CodecChoice;
  readonly compressor: NamedCompressor;
  readonly enough: WriteFactsOptions["enough"];
  /** What the output is called where it cannot be written. */
  readonly output: string;
}

export interface Generated extends Written {
  /** What has to lie beside the bytes so that they can be read. */
  readonly sidecar: Uint8Array | undefined;
}

/** Does the job. The sink is neither closed nor discarded. Resolves to `undefined` if it was given up. */
export async function generateFacts(
  { seed, from, profile, choice, compressor, enough }: GenerateJob,
  { write }: Pick<Sink, "write">,
  goOn: WriteFactsOptions["goOn"],
): Promise<Generated | undefined> {
  const source = generatorSource({ seed, from, profile });
  const parts = await loadParts(choice, compressor);
  const codec = parts.codec.open(source.schema === undefined ? {} : { schema: source.schema });
  const sink = { write, close: () => undefined, discard: () => undefined };
  const written = await writeFacts({ source, parts, codec, sink, enough, goOn });
  return written && { ...written, sidecar: codec.sidecar?.() };
}
