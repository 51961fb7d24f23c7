import { register } from "node:module";
import { pathToFileURL } from "node:url";
import type { Codec } from "../../../core/codec.js";
import { HellfactError } from "../../../core/errors.js";
import { importModule } from "../../../plugins/import-module.js";
import { looksLikeCodec } from "../../../contracts/codec/shape.js";
import type { CodecPlace } from "./plan.js";

/** Loads the codec of a variant into this process, which should be a child. Rejects with a `HellfactError` if there is none. */
export async function loadPlace({ file, exportName, library }: CodecPlace): Promise<Codec> {
  if (library !== null) takeLibraryFrom(library);
  const codec = (await importModule(file))[exportName];
  if (!looksLikeCodec(codec)) throw new HellfactError(`${file} exports no codec as ${exportName}`);
  return codec;
}

/** From now on, imports of one package find it in a folder of its own. */
function takeLibraryFrom({ packageName, folder }: NonNullable<CodecPlace["library"]>): void {
  register(new URL("./variants/library-hook.js", import.meta.url), {
    data: { packageName, parentUrl: pathToFileURL(`${folder}/`).href },
  });
}
