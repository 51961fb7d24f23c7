/** The process in which a file is loaded that somebody else wrote: takes a path, tells what codecs are in it. */
import type { Codec } from "../../core/codec.js";
import { InputError } from "../../core/errors.js";
import { importModule } from "../../plugins/import-module.js";
import type { PlannableCodec } from "../../plugins/known-codec.js";
import { serve } from "../../process/serve.js";
import type { ExportedCodec } from "./describe.js";
import { looksLikeCodec, whyNoCodec } from "./shape.js";

serve(async (file: string): Promise<ExportedCodec[]> => {
  const exported = await importModule(file);
  const found = Object.entries(exported).flatMap(([exportName, value]) =>
    looksLikeCodec(value) ? [{ exportName, codec: described(value) }] : [],
  );
  if (found.length === 0) {
    throw new InputError(`${file} exports no codec: ${whyNoCodec(exported)}.`);
  }
  return found;
});

/** All that is no function, and can be told to another process. */
const FIELDS: Readonly<Record<keyof PlannableCodec, true>> = {
  name: true,
  format: true,
  fileExtension: true,
  framing: true,
  layout: true,
  needsSchema: true,
  npmPackage: true,
  mode: true,
  losses: true,
  refuses: true,
  deterministic: true,
  abilities: true,
  sidecarExtension: true,
  writtenBy: true,
  decodesAs: true,
  compiledBy: true,
};

function described(codec: Codec): PlannableCodec {
  const fields = Object.keys(FIELDS) as (keyof PlannableCodec)[];
  const known = fields.flatMap((field) =>
    codec[field] === undefined ? [] : [[field, codec[field]]],
  );
  return Object.fromEntries(known) as PlannableCodec;
}
