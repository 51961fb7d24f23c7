import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import { loadCodec } from "../plugins/load-codec.js";

/** Who writes JSON: `JSON.stringify`, or functions compiled from a schema. The bytes are the same. */
export const JSON_ENGINES = ["native", "compiled"] as const;
export type JsonEngine = (typeof JSON_ENGINES)[number];

/**
 * Who writes a run's facts, where its codec has two ways: functions compiled from the schema, or from a hint
 * of what facts look like, unless `JSON.stringify` is wanted. `undefined` for a codec that has no two ways.
 *
 * Throws an `InputError` where there is nothing to choose.
 */
export function jsonEngineFor(
  codec: Pick<Codec, "name" | "compiledBy">,
  wanted: JsonEngine | undefined,
): JsonEngine | undefined {
  if (codec.compiledBy !== undefined) return wanted ?? "compiled";
  if (wanted === undefined) return undefined;
  throw new InputError(`--json-engine is for --codec json, not ${codec.name}.`);
}

/** The codec that writes what `codec` would: the same bytes. */
export async function writerOf(codec: Codec, engine: JsonEngine | undefined): Promise<Codec> {
  return engine === "compiled" && codec.compiledBy !== undefined
    ? loadCodec({ codec: codec.compiledBy })
    : codec;
}
