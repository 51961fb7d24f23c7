import type { JsonSchema } from "../../core/json-schema.js";
import { planOf } from "../plan.js";
import { writerSource } from "./source.js";

/**
 * A writer as the text of an ES module, for places that forbid making code from strings. It takes
 * its runtime from `library` and exports `write(fact, out)`, where `out` is a `ByteWriter`, and `Slab`,
 * which is one.
 */
export function writerModule(schema: JsonSchema, library = "hellfact/compiled-json"): string {
  return `// A JSON writer compiled from a schema by \`hellfact compile\`. Do not edit: compile it again.
import { bindWriter, createWriterRuntime } from ${JSON.stringify(library)};

function make(runtime) {
${writerSource(planOf(schema))}}

export { Slab } from ${JSON.stringify(library)};

const runtime = createWriterRuntime();
/** Writes a fact's JSON, byte for byte what JSON.stringify gives. */
export const write = bindWriter(make(runtime.names), runtime);
`;
}

/** The types of such a module. */
export function writerTypes(library = "hellfact/compiled-json"): string {
  return `// The types of a JSON writer compiled from a schema by \`hellfact compile\`.
import type { WriteFact } from ${JSON.stringify(library)};

/** Where facts can be written to: its \`buffer\` up to its \`position\`. */
export { Slab } from ${JSON.stringify(library)};
/** Writes a fact's JSON, byte for byte what JSON.stringify gives. */
export declare const write: WriteFact;
`;
}
