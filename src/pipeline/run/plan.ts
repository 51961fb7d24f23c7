import type { Profile } from "../../../generators/profile.js";
import type { CompressionUnit } from "../../core/compressor.js";
import type { JsonSchema } from "../../core/json-schema.js";
import type { Sync } from "../../core/sink.js";
import type { WorkerConditions } from "./conditions.js";
import type { OwnFiles } from "./own-files.js";
import type { RunEnd } from "./run-end.js";

/** Where the facts of a run come from, said so that another process can open it. */
export type SourcePlan =
  | {
      readonly kind: "generator";
      readonly seed: number;
      readonly profile: Profile;
    }
  /** NDJSON that is not compressed: positions are byte offsets. */
  | { readonly kind: "lines"; readonly path: string; readonly bytes: number }
  /**
   * NDJSON that can only be read from its start, by one process, which puts ranges aside for all workers;
   * `-` is standard input, which has no size. Positions are byte offsets of what is inflated.
   */
  | {
      readonly kind: "pipe";
      readonly path: string;
      readonly bytes: number | null;
      readonly allowBombs?: boolean;
    }
  /**
   * The same, read by one worker, so that facts can be counted and time can end parts; `-` is standard input, which has no size. Positions
   * count lines that are not blank.
   */
  | {
      readonly kind: "stream";
      readonly path: string;
      readonly bytes: number | null;
      /** Reads on in gzip that inflates to hundreds of megabytes of nothing. */
      readonly allowBombs?: boolean;
    }
  /**
   * Messages of a stream, taken by one process, which puts ranges aside for all workers. Positions are sequences.
   */
  | EventsPlan;

export interface EventsPlan {
  readonly kind: "events";
  /** `nats://HOST:4222/STREAM`, without anything secret. */
  readonly path: string;
  readonly bytes: null;
  /** The durable consumer, and whether it goes when the run is complete. */
  readonly consumer: string;
  readonly isOwn: boolean;
  /** The sequence that the run begins with. */
  readonly first: number;
  /** For how long new messages are waited for; `null` where those are taken that are there. */
  readonly followSeconds: number | null;
}

/** The schema of a user's facts, and where it comes from in a few words. */
export interface RunSchema {
  readonly schema: JsonSchema;
  readonly origin: string;
}

/** Everything that makes the bytes of a run what they are, and how they are written. */
export interface RunPlan {
  readonly source: SourcePlan;
  readonly codec: string;
  /**
   * SHA-256 of the file of a codec that is not one of this tool's, in hexadecimal; `null` where an earlier
   * version did not say. Where that file is, only the command line says: a manifest names no code to run.
   */
  readonly codecSha256?: string | null;
  /** What every fact of the input must fit; not there where nobody needs to know. */
  readonly schema?: RunSchema;
  /** What the facts of the input seem to be, for a writer that is faster with it; none has to fit it. */
  readonly hint?: RunSchema;
  /** What parts are summed up by while they are written, as `Question.text`; not there where they are not. */
  readonly summarise?: string;
  /** Not there where a part that is made again has the same bytes; its facts are the same anyway. */
  readonly deterministic?: false;
  /** `none`, `gzip:6` */
  readonly compressor: string;
  /** The same of the file of a compressor that is not one of this tool's. */
  readonly compressorSha256?: string;
  /** What compresses, where that is not the same on every runtime: another one makes other bytes. */
  readonly compressorEngine?: string;
  /** What is compressed as one. */
  readonly unit: CompressionUnit;
  readonly sync: Sync;
  /** Where parts go, or `null` for nowhere. */
  readonly folder: string | null;
  /**
   * Where parts go that do not stay in the folder, as a URL without anything secret: objects, or a database. The
   * folder has the manifest, which says what is there. Not there where parts are files of the folder.
   */
  readonly place?: string;
  /** Positions of the source that are taken: from the first to before the second. */
  readonly start: number;
  readonly end: number;
  /** Positions of one part. */
  readonly partLength: number;
  /** A part is also ended when it has this many stored bytes, where its length says nothing of them. */
  readonly mostPartBytes: number | null;
  /** A part is also ended when it was open for so long. */
  readonly mostPartSeconds: number | null;
  /** About how many stored bytes each position gives, where a sample told. */
  readonly bytesPerPosition: number | null;
  /** Name of the file with what the codec keeps outside its bytes, as it was before the first part. */
  readonly sidecar: string | null;
  /** When the run is to end, or `null` for when everything is done. */
  readonly durationSeconds: number | null;
  /** Whether a broken line ends the run, or is kept aside. */
  readonly onError: "stop" | "skip";
}

/** A run that is ready to begin, or to go on. */
export interface Run {
  readonly plan: RunPlan;
  /** Where the codec and the compressor are, where they are none of this tool's. */
  readonly own: OwnFiles;
  readonly workers: number;
  /** What all workers together keep to, or are held back by. */
  readonly conditions: WorkerConditions;
  /** Parts that are already whole, and how long they took, when a run goes on. */
  readonly done: readonly PartEntry[];
  readonly secondsBefore: number;
  /** Parts that were found missing or damaged: they do not count any more. */
  readonly damaged: readonly PartEntry[];
  /** Where the run had ended: the ranges whose parts are made again, and nothing else; and why it had. */
  readonly repair: { readonly ranges: readonly Range[]; readonly ended: RunEnd } | null;
}

/** Positions of a source that become one part. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What became of a range: a part, or figures only, where nothing is kept. */
export interface MadeRange extends Range {
  readonly file: string | null;
  readonly facts: number;
  readonly encodedBytes: number;
  readonly storedBytes: number;
  /** CRC-32 of the stored bytes, in hexadecimal. */
  readonly crc32: string;
  /** File with what the codec keeps outside its bytes. */
  readonly sidecar: string | null;
  /** Broken lines that were kept aside, and the file that has them. */
  readonly rejected: number;
  readonly rejects: string | null;
}

/** One part as the manifest has it: whole, and at rest. */
export interface PartEntry extends MadeRange {
  readonly file: string;
}
