import { endForReader } from "../core/reader-left.js";
import type { Sink } from "../core/sink.js";
import { descriptorSink } from "./descriptor.js";

const STDOUT = 1;

/** Standard output. It waits for a slow reader, and ends the process quietly if that goes away. */
export function stdoutSink(): Sink {
  return descriptorSink(STDOUT, "standard output", endForReader);
}
