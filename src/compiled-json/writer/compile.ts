import type { JsonSchema } from "../../core/json-schema.js";
import { planOf } from "../plan.js";
import {
  bindWriter,
  createWriterRuntime,
  type CompiledWriter,
  type WriteFact,
  type WriterRuntime,
} from "./runtime.js";
import { writerSource } from "./source.js";

/** One for the process, so that its tables are made once and its memory is a constant of the code. */
let shared: WriterRuntime | undefined;

/** A writer for facts of `schema`. Whatever does not fit is written too, only not as fast. */
export function compileWriter(
  schema: JsonSchema,
  runtime: WriterRuntime = (shared ??= createWriterRuntime()),
): WriteFact {
  // What comes of a schema are numbers, and literals that `writerSource` escapes.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function("runtime", writerSource(planOf(schema))) as (
    names: object,
  ) => CompiledWriter;
  return bindWriter(make(runtime.names), runtime);
}
