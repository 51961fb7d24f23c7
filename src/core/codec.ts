import type { ByteWriter } from "./byte-writer.js";
import type { Container } from "./container.js";
import { InputError } from "./errors.js";
import type { Fact, Path } from "./fact.js";
import type { JsonSchema } from "./json-schema.js";

/** A change that a codec is known to make to a value, and that is therefore not held against it. */
export type Loss =
  /** −0 comes back as 0, always or where the schema says integer. */
  | "negative-zero"
  /** A lone UTF-16 surrogate comes back as U+FFFD: once, or once for each byte it would take. */
  | "lone-surrogate"
  /** A byte order mark with which a string begins is dropped. */
  | "byte-order-mark"
  /** A key `__proto__` is dropped, or comes back as `__proto_`. A fact that has one still fails. */
  | "proto-key";

/** A value that a codec is known not to take: it says so instead of changing it. */
export type Refusal =
  /** An integer outside −2⁶³ to 2⁶⁴ − 1, such as 1e20 in full. */
  | "integer-beyond-64-bits"
  /** A lone UTF-16 surrogate. */
  | "lone-surrogate";

export interface CodecOptions {
  /** The shape of the facts. Given to every codec; those with `needsSchema` cannot do without. */
  readonly schema?: JsonSchema;
  /** What `sidecar()` gave when the file was written, when reading one. */
  readonly sidecar?: Uint8Array;
}

/** A two-way format. One file in `src/codecs` exports one codec as its default. */
export interface Codec {
  /** The file's name without its ending. */
  readonly name: string;
  /** What the bytes are. Codecs with the same format can read each other's files. */
  readonly format: string;
  /** How a file of this format ends, without the dot: `ndjson`. */
  readonly fileExtension: string;
  /**
   * How facts are told apart in a file: the name of a file in `src/framing`. A codec whose files are more
   * than that has a `container`, and the framing is for facts that are compressed one by one.
   */
  readonly framing: string;
  /** Whether it takes facts one by one, or a batch at a time, which then is one record of a file. */
  readonly layout: "row" | "columnar";
  readonly needsSchema: boolean;
  /** The npm package that does the work, or `null` for what the runtime itself offers. */
  readonly npmPackage: string | null;
  /** How the library is called, in a line: what a reader needs to judge whether it is at its best. */
  readonly mode: string;
  /** `false` where the same facts may become other bytes in another process. */
  readonly deterministic?: false;
  readonly losses: readonly Loss[];
  readonly refuses?: readonly Refusal[];
  /** What an opened codec can do, so that nothing has to be opened to plan a comparison. */
  readonly abilities: readonly Ability[];
  /** How the file that lies beside the data ends: state outside the bytes, counted as stored. */
  readonly sidecarExtension?: string;
  /** The codec whose files this one reads, if it cannot write its own. */
  readonly writtenBy?: string;
  /** The codec that writes the very same bytes where a schema is known, by code compiled from it. */
  readonly compiledBy?: string;
  /** A codec whose `decode` is the very same code as this one's, so that it is measured once. */
  readonly decodesAs?: string;
  /** Compiles whatever there is to compile. This is set-up: it is timed apart from encoding. */
  open(options: CodecOptions): OpenCodec;
}

export type Ability = "encode" | "decode" | "project" | "validate";

/** An opened codec, which works on single facts or on whole batches, as its layout says. */
export type OpenCodec = OpenRowCodec | OpenColumnarCodec;

export interface OpenRowCodec {
  /** Puts the bytes of one fact into `out`. Strings become bytes here, inside the clock. */
  readonly encode?: (fact: Fact, out: ByteWriter) => void;
  /** The fact with every field materialised. It must not point into `bytes`, which are reused. */
  readonly decode?: (bytes: Uint8Array) => Fact;
  /** The values at `paths`, without materialising what the format can skip. */
  readonly project?: (bytes: Uint8Array, paths: readonly Path[]) => unknown[];
  /** Whether `bytes` are well-formed, without materialising anything. */
  readonly validate?: (bytes: Uint8Array) => boolean;
  /** What a new process needs to read the file, as it stands after everything was encoded. */
  readonly sidecar?: () => Uint8Array;
  /**
   * For a codec that finds out what is fastest while it works: whether it has, of all that it was used for so far.
   * What is measured waits for it.
   */
  readonly isSettled?: () => boolean;
  readonly container?: Container;
  readonly encodeBatch?: undefined;
  /** Needed with a container: the facts that stand behind one another, at least one, as `encode` made them. */
  readonly decodeBatch?: (bytes: Uint8Array) => readonly Fact[];
}

export interface OpenColumnarCodec {
  /** Puts the bytes of a batch of at least one fact into `out`. `facts` is reused: it is not kept. */
  readonly encodeBatch: (facts: readonly Fact[], out: ByteWriter) => void;
  /** The facts of a batch in order, every field materialised. They must not point into `bytes`. */
  readonly decodeBatch: (bytes: Uint8Array) => readonly Fact[];
  /** What a new process needs to read the file. */
  readonly sidecar?: () => Uint8Array;
  /** As of one that works on single facts. */
  readonly isSettled?: () => boolean;
  readonly container?: Container;
  readonly encode?: undefined;
  readonly decode?: undefined;
  readonly project?: undefined;
  readonly validate?: undefined;
}

/** The schema for a codec that cannot do without. Throws an `InputError` where there is none. */
export function schemaFor(codec: string, schema: JsonSchema | undefined): JsonSchema {
  if (schema === undefined) throw new InputError(`${codec} needs a schema`);
  return schema;
}
