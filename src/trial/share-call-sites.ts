import type { JsonSchema } from "../core/json-schema.js";
import { encoderOf, FactWriter } from "../pipeline/fact-writer.js";
import { loadParts } from "../pipeline/parts.js";
import type { CodecChoice } from "../plugins/load-codec.js";
import { nullSink } from "../sinks/null.js";
import type { Pool } from "../payload/pool.js";

/** Facts that each of the others writes and reads: enough for the call sites to have seen them. */
const FACTS_EACH = 200;

/**
 * Takes facts through other codecs by the very call sites that the measured one will go through, as
 * in a process that uses several. An engine that compiled a call for one target makes it general
 * when it meets others. A codec that does not load, or needs a schema that is not there, is left out.
 */
export async function shareCallSites(
  choices: readonly CodecChoice[],
  pool: Pool,
  schema: JsonSchema | undefined,
): Promise<void> {
  for (const choice of choices) {
    const parts = await loadParts(choice, "none").catch(() => undefined);
    if (parts === undefined || (parts.codec.needsSchema && schema === undefined)) continue;
    if (!parts.codec.abilities.includes("encode")) continue;
    const codec = parts.codec.open(schema === undefined ? {} : { schema });
    const writer = new FactWriter({ ...parts, ...encoderOf(parts.codec, codec) }, nullSink());
    for (let fact = 0; fact < FACTS_EACH; fact++) {
      writer.add(pool.facts[fact % pool.facts.length] ?? {});
    }
    writer.endBatch();
  }
}
