import type { JsonSchema } from "../../core/json-schema.js";
import { planOf } from "../plan.js";
import { writerSource } from "./source.js";

/**
 * A writer as the text of an ES module, for places that forbid making code from strings. It takes
 * its runtime from `library` and exports `write(fact, out)`, where `out` is a `ByteWriter`.
 */
export function writerModule(schema: JsonSchema, library = "hellfact/compiled-json"): string {
  return `// A JSON writer compiled from a schema by \`hellfact compile\`. Do not edit: compile it again.
import { bindWriter, createWriterRuntime } from ${JSON.stringify(library)};

function make(runtime) {
${writerSource(planOf(schema))}}

const runtime = createWriterRuntime();
/** Writes a fact's JSON, byte for byte what JSON.stringify gives. */
export const write = bindWriter(make(runtime.names), runtime);
`;
}
