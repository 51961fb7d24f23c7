import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { HellfactError } from "../core/errors.js";
import type { OpenCodec } from "../core/codec.js";
import type { JsonSchema } from "../core/json-schema.js";
import type { Sink, Sync } from "../core/sink.js";
import { Injection, NO_DELAYS, type Delays } from "../pipeline/injection.js";
import { saveSidecar } from "../pipeline/data-file.js";
import { factsIn } from "../pipeline/fact-reader.js";
import { encoderOf, FactWriter, type Encoder } from "../pipeline/fact-writer.js";
import { fileSink } from "../sinks/file.js";
import { memorySink } from "../sinks/memory.js";
import { nullSink } from "../sinks/null.js";
import { isSlowed, NOT_SLOWED, slowedSink, type Slowing } from "../sinks/slowed.js";
import { contentDigest, digestOf } from "./digest.js";
import { firstDifference } from "../payload/difference.js";
import { openCodec, type Parts } from "../pipeline/parts.js";
import { passesPerRepetition, type Pool } from "../payload/pool.js";
import type { CheckClock, Sizes, Workload } from "./workload.js";

export interface WritingOptions {
  readonly parts: Parts;
  /** The codec where it is open already: trials that differ only in what compresses share what is compiled for it. */
  readonly codec?: OpenCodec;
  readonly pool: Pool;
  readonly schema: JsonSchema | undefined;
  /** Whether the compressor does anything. */
  readonly compresses?: boolean;
  /** The file to leave behind, or `null` for the null sink. */
  readonly file: string | null;
  readonly sync: Sync;
  readonly batchBytes?: number;
  readonly slowing?: Slowing;
  readonly delays?: Delays;
  /** The digest of bytes that an earlier trial has decoded and found to be right. */
  readonly verifiedDigest?: string;
  /** Contents that this process has decoded and found to be right; what compresses them changes nothing. */
  readonly verifiedContents?: Set<string>;
}

/** Removes what a write trial that did not end has left beside its file. */
export function clearUnfinished(file: string): void {
  rmSync(repetitionFolder(file), { recursive: true, force: true });
}

/** Where a write trial puts its repetitions, beside the file that the last of them becomes. */
function repetitionFolder(file: string): string {
  return `${file}.repetitions`;
}

/** Bytes with framing, without it, and as they were stored. */
interface WrittenBytes {
  readonly encoded: number;
  readonly bare: number;
  readonly stored: number;
}

/** encode ▶ frame ▶ compress ▶ write: a repetition is one file, synced and closed inside the clock. */
export class Writing implements Workload {
  readonly factsPerRepetition: number;
  readonly injection: Injection;
  /** The codec's encoding, with its delay. */
  readonly encoder: Encoder;
  private readonly codec: OpenCodec;
  private readonly writer: FactWriter;
  private readonly passes: number;
  private repetitions = 0;
  /** Of bytes that `check` found right. */
  private checkedDigest: string | undefined;
  private repetitionBytes: WrittenBytes = { encoded: 0, bare: 0, stored: 0 };

  constructor(readonly options: WritingOptions) {
    const { parts, pool, schema, file, batchBytes, delays = NO_DELAYS } = options;
    this.codec = options.codec ?? openCodec(parts.codec, schema);
    this.injection = new Injection(delays);
    this.encoder = this.injection.encoder(encoderOf(parts.codec, this.codec));
    const batch = batchBytes === undefined ? {} : { batchBytes };
    this.writer = new FactWriter({ ...parts, ...this.encoder, ...batch }, nullSink());
    this.passes = passesPerRepetition(pool);
    this.factsPerRepetition = this.passes * pool.facts.length;
    if (file !== null) mkdirSync(repetitionFolder(file), { recursive: true });
  }

  check(clock: CheckClock): void {
    if (this.options.verifiedDigest !== undefined) return; // `confirm` sees whether it is the same
    const bytes = this.passIntoMemory(clock);
    const { parts, verifiedContents } = this.options;
    // What compresses the same records changes nothing in them.
    const content = contentDigest(bytes, parts, this.codec);
    if (verifiedContents?.has(content) !== true) this.compare(bytes);
    verifiedContents?.add(content);
    this.checkedDigest = digestOf(bytes, this.codec.sidecar?.());
  }

  *practice(): Iterable<number> {
    this.writer.switchTo(nullSink());
    try {
      for (;;) {
        for (let pass = 0; pass < this.passes; pass++) yield* this.pass();
        this.writer.endFile();
      }
    } finally {
      this.writer.endFile();
    }
  }

  isSettled(): boolean {
    return this.codec.isSettled?.() ?? true;
  }

  confirm(): string {
    const { file, verifiedDigest } = this.options;
    const bytes = file === null ? this.passIntoMemory() : readFileSync(file);
    const digest = digestOf(bytes, this.codec.sidecar?.());
    const isKnown = digest === verifiedDigest || digest === this.checkedDigest;
    // The same bytes decode to the same facts: nothing is learned by doing it again.
    if (!isKnown) this.compare(bytes, file === null ? 1 : this.passes);
    return digest;
  }

  /** The bytes of one pass over the pool, as they would be written. */
  private passIntoMemory(clock?: CheckClock): Buffer {
    const memory = memorySink();
    this.writer.switchTo(memory);
    clock?.resume();
    for (const facts of this.pass()) clock?.count(facts);
    this.writer.endFile();
    clock?.pause();
    return memory.content();
  }

  *repetition(): Iterable<number> {
    const before = this.writtenBytes();
    yield* this.repetitionInto(this.openSink());
    this.repetitions += 1;
    const after = this.writtenBytes();
    this.repetitionBytes = {
      encoded: after.encoded - before.encoded,
      bare: after.bare - before.bare,
      stored: after.stored - before.stored,
    };
  }

  private writtenBytes(): WrittenBytes {
    const { encodedBytes: encoded, bareBytes: bare, storedBytes: stored } = this.writer;
    return { encoded, bare, stored };
  }

  /** The facts of a repetition into a sink, which is then closed. */
  *repetitionInto(sink: Sink): Iterable<number> {
    this.writer.switchTo(sink);
    for (let pass = 0; pass < this.passes; pass++) yield* this.pass();
    this.writer.endFile();
    sink.close();
    yield 0; // closing takes time, too
  }

  /** Whether bytes go anywhere that could hold them up. */
  get hasSink(): boolean {
    const { file, slowing = NOT_SLOWED } = this.options;
    return file !== null || isSlowed(slowing) || this.injection.delays.writeSeconds > 0;
  }

  /** Stored bytes of the last repetition. */
  get lastRepetitionBytes(): number {
    return this.repetitionBytes.stored;
  }

  /** What the last repetition wrote; where it is not there any more, as many bytes of nothing. */
  lastRepetition(): Uint8Array {
    const { file } = this.options;
    return file === null
      ? Buffer.alloc(this.repetitionBytes.stored)
      : readFileSync(this.repetitionFile(this.repetitions - 1));
  }

  sizes(): Sizes {
    const { file } = this.options;
    const sidecarBytes = this.codec.sidecar?.().length ?? 0;
    const stats = file === null ? undefined : statSync(this.repetitionFile(this.repetitions - 1));
    if (stats !== undefined && stats.size !== this.repetitionBytes.stored) {
      throw new HellfactError(
        `${this.repetitionFile(this.repetitions - 1)} has ${stats.size} bytes; ${this.repetitionBytes.stored} were written`,
      );
    }
    return {
      encodedBytesPerFact: this.repetitionBytes.encoded / this.factsPerRepetition,
      framingBytesPerFact:
        this.encoder.encode === undefined
          ? null
          : (this.repetitionBytes.encoded - this.repetitionBytes.bare) / this.factsPerRepetition,
      storedBytesPerFact: (this.repetitionBytes.stored + sidecarBytes) / this.factsPerRepetition,
      // st_blocks counts units of 512 bytes, whatever the file system's own block is.
      allocatedBytesPerFact:
        stats === undefined ? null : (stats.blocks * 512) / this.factsPerRepetition,
    };
  }

  finish(): void {
    const { file, parts, sync } = this.options;
    if (file === null) return;
    saveSidecar(parts.codec, this.codec, file, sync);
    renameSync(this.repetitionFile(this.repetitions - 1), file);
    rmSync(repetitionFolder(file), { recursive: true });
  }

  /** Once over the pool. A batch never holds a fact twice: that would flatter compression. */
  private *pass(): Iterable<number> {
    let facts = 0;
    for (const fact of this.options.pool.facts) {
      facts += 1;
      if (this.writer.add(fact)) {
        yield facts;
        facts = 0;
      }
    }
    this.writer.endBatch();
    yield facts;
  }

  /** The sink of the next repetition, with whatever holds it back. */
  openSink(): Sink {
    const { file, sync, slowing = NOT_SLOWED } = this.options;
    this.injection.takeSinkSeconds(); // of facts that went elsewhere
    const sink = file === null ? nullSink() : fileSink(this.repetitionFile(this.repetitions), sync);
    return slowedSink(sink, slowing, () => this.injection.takeSinkSeconds());
  }

  private repetitionFile(repetition: number): string {
    const { file } = this.options;
    return file === null ? "" : join(repetitionFolder(file), `${repetition}-${basename(file)}`);
  }

  /** Decodes the bytes as a new process would, and compares fact by fact. */
  private compare(bytes: Buffer, passes = 1): void {
    const { parts, pool, schema } = this.options;
    const reader = openCodec(parts.codec, schema, this.codec.sidecar?.());
    let index = 0;
    for (const fact of factsIn(bytes, parts, reader)) {
      const path = firstDifference(pool.facts[index % pool.facts.length], fact, parts.codec.losses);
      if (path !== undefined)
        throw new HellfactError(`fact ${index} comes back changed at ${path}`);
      index += 1;
    }
    if (index !== passes * pool.facts.length) {
      throw new HellfactError(`${passes * pool.facts.length} facts went in and ${index} came back`);
    }
  }
}
