import { statSync } from "node:fs";
import type { OpenCodec } from "../core/codec.js";
import { HellfactError } from "../core/errors.js";
import { formatPath, valueAt, type Fact, type Path } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { FileReader, loadSidecar } from "../pipeline/data-file.js";
import { batchesIn, type ReadBatch } from "../pipeline/fact-reader.js";
import type { Direction } from "./result.js";
import { firstDifference } from "../payload/difference.js";
import { contentDigest, digestOf } from "./digest.js";
import { openCodec, type Parts } from "../pipeline/parts.js";
import { passesPerRepetition, type Pool } from "../payload/pool.js";
import type { CheckClock, Sizes, Workload } from "./workload.js";

export interface ReadingOptions {
  readonly parts: Parts;
  /** Opens the codec, or gives one that was opened with the same sidecar before. */
  readonly open?: (sidecar: Uint8Array | undefined) => OpenCodec;
  readonly pool: Pool;
  readonly schema: JsonSchema | undefined;
  readonly direction: Direction;
  readonly fields: readonly Path[];
  /** The file that a write trial left, or content that stands for one. */
  readonly content: FileContent;
  /** The digest of a file whose facts an earlier trial has compared and found to be right. */
  readonly verifiedDigest?: string;
  /** Directions and contents that this process has compared and found to be right. */
  readonly verifiedContents?: Set<string>;
}

/** What is read in each repetition. */
export type FileContent =
  | { readonly path: string }
  | { readonly bytes: Uint8Array; readonly sidecar: Uint8Array | undefined };

/** Facts' bytes between two readings of the clock: small facts take less time than a reading does. */
const STEP_BYTES = 1 << 16;

/** read ▶ decompress ▶ split ▶ decode, project or validate: a repetition is one whole file. */
export class Reading implements Workload, Counted {
  readonly factsPerRepetition: number;
  private readonly digest: string;
  private readonly codec: OpenCodec;
  private readonly depth: Depth;
  private readonly reader = new FileReader();
  private readonly storedBytes: number;
  encodedBytes = 0;
  recordBytes = 0;
  /** Counts what came out of every result, so that none can be left out unnoticed. */
  folded = 0;
  private repetitions = 0;

  constructor(private readonly options: ReadingOptions) {
    const { parts, pool, schema, content } = options;
    const sidecar = "path" in content ? loadSidecar(parts.codec, content.path) : content.sidecar;
    this.codec = options.open?.(sidecar) ?? openCodec(parts.codec, schema, sidecar);
    this.depth = depthOf(options, this.codec);
    this.factsPerRepetition = passesPerRepetition(pool) * pool.facts.length;
    const dataBytes = "path" in content ? statSync(content.path).size : content.bytes.length;
    this.storedBytes = dataBytes + (sidecar?.length ?? 0);
    const bytes = "path" in content ? this.reader.read(content.path) : content.bytes;
    this.digest = digestOf(bytes, sidecar);
  }

  check(clock: CheckClock): void {
    const { pool, verifiedDigest, verifiedContents } = this.options;
    // The same bytes decode to the same facts; that none is left out, `sizes` counts.
    if (this.digest === verifiedDigest) return;
    const content = this.content();
    const isVerified = verifiedContents?.has(content) === true;
    let index = 0;
    clock.resume();
    for (const { records } of this.batches()) {
      for (const bytes of records) {
        const results = this.resultsOf(bytes);
        clock.count(results.length);
        if (isVerified) {
          index += results.length;
          continue;
        }
        clock.pause();
        for (const result of results) {
          const fact = pool.facts[index % pool.facts.length] as Fact;
          const path = this.depth.difference(fact, result);
          if (path !== undefined) throw new HellfactError(`fact ${index} is read wrong at ${path}`);
          index += 1;
        }
        clock.resume();
      }
    }
    clock.pause();
    if (index !== this.factsPerRepetition) {
      throw new HellfactError(
        `the file should hold ${this.factsPerRepetition} facts and holds ${index}`,
      );
    }
    verifiedContents?.add(content);
  }

  /** What is read, and how deep, whatever engine decompresses it. */
  private content(): string {
    const { content, parts, direction } = this.options;
    const bytes = "path" in content ? this.reader.read(content.path) : content.bytes;
    return `${direction} ${contentDigest(bytes, parts, this.codec)}`;
  }

  *practice(): Iterable<number> {
    for (;;) yield* this.work({ folded: 0, encodedBytes: 0, recordBytes: 0 });
  }

  isSettled(): boolean {
    return this.codec.isSettled?.() ?? true;
  }

  *repetition(): Iterable<number> {
    this.encodedBytes = 0;
    this.recordBytes = 0;
    yield* this.work(this);
    this.repetitions += 1;
  }

  /** Once over the file. What came out is counted in `into`. */
  private *work(into: Counted): Iterable<number> {
    const { apply, applyBatch, fold } = this.depth;
    let facts = 0;
    let pendingBytes = 0;
    for (const { encodedBytes, records } of this.batches()) {
      into.encodedBytes += encodedBytes;
      for (const bytes of records) {
        if (applyBatch === undefined) {
          into.folded += fold(apply(bytes));
          facts += 1;
        } else {
          const results = applyBatch(bytes);
          for (const result of results) into.folded += fold(result);
          facts += results.length;
        }
        into.recordBytes += bytes.length;
        pendingBytes += bytes.length;
        if (pendingBytes < STEP_BYTES) continue;
        yield facts;
        facts = 0;
        pendingBytes = 0;
      }
    }
    yield facts;
  }

  sizes(): Sizes {
    const { pool } = this.options;
    const perPass = pool.facts.reduce((sum, fact) => sum + this.depth.expected(fact), 0);
    if (this.folded !== perPass * passesPerRepetition(pool) * this.repetitions) {
      throw new HellfactError("not everything that was read came out whole: the count differs");
    }
    return {
      encodedBytesPerFact: this.encodedBytes / this.factsPerRepetition,
      framingBytesPerFact:
        this.depth.applyBatch === undefined
          ? (this.encodedBytes - this.recordBytes) / this.factsPerRepetition
          : null,
      storedBytesPerFact: this.storedBytes / this.factsPerRepetition,
      allocatedBytesPerFact: null,
    };
  }

  finish(): void {
    // reading leaves nothing behind
  }

  confirm(): string {
    return this.digest; // what is read does not change
  }

  private resultsOf(bytes: Uint8Array): readonly unknown[] {
    const { apply, applyBatch } = this.depth;
    return applyBatch === undefined ? [apply(bytes)] : applyBatch(bytes);
  }

  private batches(): Iterable<ReadBatch> {
    const { content, parts } = this.options;
    const bytes = "path" in content ? this.reader.read(content.path) : content.bytes;
    return batchesIn(bytes, parts, this.codec);
  }
}

/** What a reading of a file counts. */
interface Counted {
  folded: number;
  encodedBytes: number;
  /** Those of them that are no framing. */
  recordBytes: number;
}

/** How deep a reader goes into a fact, and how its results are judged. */
interface Depth {
  readonly apply: (bytes: Uint8Array) => unknown;
  /** Used instead where a record is a batch: the results of all its facts. */
  readonly applyBatch?: (bytes: Uint8Array) => readonly unknown[];
  /** A number that a result cannot give without being there. */
  readonly fold: (result: unknown) => number;
  /** What `fold` gives for the right result. */
  readonly expected: (fact: Fact) => number;
  /** The path at which a result is wrong, if it is. */
  readonly difference: (fact: Fact, result: unknown) => string | undefined;
}

function depthOf({ direction, fields, parts }: ReadingOptions, codec: OpenCodec): Depth {
  const { decode, decodeBatch, project, validate } = codec;
  const { losses } = parts.codec;
  if (direction === "project" && project !== undefined) {
    const valuesOf = (fact: Fact) => fields.map((path) => valueAt(fact, path));
    return {
      apply: (bytes) => project(bytes, fields),
      fold: (values) => countFound(values as unknown[]),
      expected: (fact) => countFound(valuesOf(fact)),
      difference: (fact, values) => {
        const wrong = valuesOf(fact).findIndex(
          (value, index) =>
            firstDifference(value, (values as unknown[])[index], losses) !== undefined,
        );
        return wrong === -1 ? undefined : formatPath(fields[wrong] ?? []);
      },
    };
  }
  if (direction === "validate" && validate !== undefined) {
    return {
      apply: (bytes) => validate(bytes),
      fold: Number,
      expected: () => 1,
      difference: (_, valid) => (valid === true ? undefined : "the whole fact"),
    };
  }
  if (direction === "read" && (decode !== undefined || decodeBatch !== undefined)) {
    return {
      apply: (bytes) => decode?.(bytes),
      ...(decodeBatch !== undefined && { applyBatch: decodeBatch }),
      fold: (fact) => countKeys(fact as Fact),
      expected: countKeys,
      difference: (fact, decoded) => firstDifference(fact, decoded, losses),
    };
  }
  throw new HellfactError(`${parts.codec.name} cannot ${direction}`);
}

function countFound(values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}

function countKeys(fact: Fact): number {
  return Object.keys(fact).length;
}
