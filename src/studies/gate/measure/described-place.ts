import { exportedCodecs } from "../../../contracts/codec/describe.js";
import { HellfactError } from "../../../core/errors.js";
import type { PlannableCodec } from "../../../plugins/known-codec.js";
import type { CodecPlace } from "./plan.js";

const found = new Map<string, ReturnType<typeof exportedCodecs>>();

/**
 * What is known of a variant's codec without loading it into this process. Rejects with a `HellfactError` if
 * there is none.
 */
export async function describedPlace({ file, exportName }: CodecPlace): Promise<PlannableCodec> {
  const asked = found.get(file) ?? exportedCodecs(file);
  found.set(file, asked);
  const codec = (await asked).find((exported) => exported.exportName === exportName)?.codec;
  if (codec === undefined) throw new HellfactError(`${file} exports no codec as ${exportName}`);
  return codec;
}
