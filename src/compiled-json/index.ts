/** JSON writers and readers compiled from a JSON Schema: what this room is for the outside. */
export { compileReader, type Reader } from "./reader/compile.js";
export { compileWriter } from "./writer/compile.js";
export { writerModule } from "./writer/module.js";
export {
  bindWriter,
  createWriterRuntime,
  type WriteFact,
  type WriterRuntime,
} from "./writer/runtime.js";
