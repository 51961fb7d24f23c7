import type { Codec } from "../../../core/codec.js";
import { HellfactError } from "../../../core/errors.js";
import { importModule } from "../../../plugins/import-module.js";
import { looksLikeCodec } from "../../../contracts/codec/shape.js";
import type { CodecPlace } from "./plan.js";

/** Loads the codec of a variant into this process, which should be a child. Rejects with a `HellfactError` if there is none. */
export async function loadPlace({ file, exportName }: CodecPlace): Promise<Codec> {
  const codec = (await importModule(file))[exportName];
  if (!looksLikeCodec(codec)) throw new HellfactError(`${file} exports no codec as ${exportName}`);
  return codec;
}
