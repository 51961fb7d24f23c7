import type { CompressionUnit } from "../../core/compressor.js";
import type { Decisions } from "../../schema/infer.js";
import type { Sync } from "../../core/sink.js";
import type { SourcePlan } from "./plan.js";

/** What a user asks a run for. */
export interface RunRequest {
  readonly source: SourcePlan;
  /** The first position, and the one behind the last; `null` for as far as the source goes. */
  readonly start: number;
  readonly end: number | null;
  readonly codec: string;
  /** The file of a codec that is not one of this tool's. */
  readonly codecFile?: string;
  /** A file with the JSON Schema of the input, if it is not to be inferred. */
  readonly schemaFile?: string;
  /** Which objects are maps, and which records, by a person's word; where it is inferred. */
  readonly decisions?: Decisions;
  /** What parts are summed up by while they are written, as `Question.text`. */
  readonly summarise?: string;
  /** With its level in full: `gzip:6`. */
  readonly compressor: string;
  /** The file of a compressor that is not one of this tool's. */
  readonly compressorFile?: string | undefined;
  readonly unit: CompressionUnit;
  readonly sync: Sync;
  /** A part is ended at about so many stored bytes, or after so many seconds. */
  readonly roll: { readonly bytes: number } | { readonly seconds: number };
  readonly durationSeconds: number | null;
  readonly onError: "stop" | "skip";
}
