/** The process in which a file is loaded that somebody else wrote: takes a path, tells what codecs are in it. */
import type { Codec } from "../core/codec.js";
import { importModule } from "../plugins/import-module.js";
import type { PlannableCodec } from "../plugins/known-codec.js";
import { serve } from "../process/serve.js";
import type { ExportedCodec } from "./describe.js";
import { looksLikeCodec } from "./shape.js";

serve(async (file: string): Promise<ExportedCodec[]> => {
  const found = Object.entries(await importModule(file));
  return found.flatMap(([exportName, value]) =>
    looksLikeCodec(value) ? [{ exportName, codec: described(value) }] : [],
  );
});

/** All that is no function: what can be told to another process. */
function described(codec: Codec): PlannableCodec {
  const { name, format, fileExtension, framing, layout, needsSchema, npmPackage, mode } = codec;
  const { losses, abilities, refuses, sidecarExtension, writtenBy, decodesAs } = codec;
  return {
    ...{ name, format, fileExtension, framing, layout, needsSchema, npmPackage, mode },
    ...{ losses, abilities },
    ...(refuses !== undefined && { refuses }),
    ...(sidecarExtension !== undefined && { sidecarExtension }),
    ...(writtenBy !== undefined && { writtenBy }),
    ...(decodesAs !== undefined && { decodesAs }),
  };
}
