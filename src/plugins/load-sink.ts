import type { SinkPlugin } from "../core/sink.js";
import { importPlugin } from "./import-module.js";

/** A sink of a user's own, and where it is to put things. */
export interface OwnSink {
  /** What it is called, by its file. */
  readonly name: string;
  /** An absolute path. */
  readonly sinkFile: string;
  /** What stands behind the file's name on the command line. */
  readonly place: string;
}

/** Loads a user's sink. Rejects with an `InputError` if its file holds none. */
export function loadSink({ sinkFile }: Pick<OwnSink, "sinkFile">): Promise<SinkPlugin> {
  return importPlugin<SinkPlugin>(sinkFile, "sink");
}
