/** JSON writers and readers compiled from a JSON Schema: what this room is for the outside. */
export { compileReader, type Reader } from "./reader/compile.js";
export { compileWriter } from "./writer/compile.js";
export { writerModule, writerTypes } from "./writer/module.js";
export {
  bindWriter,
  createWriterRuntime,
  type WriteFact,
  type WriterRuntime,
} from "./writer/runtime.js";
export type { ByteWriter } from "../core/byte-writer.js";
/** The `ByteWriter` for a program that has none: a buffer that grows, and a position in it. */
export { Slab } from "../core/slab.js";
