import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { HellfactError } from "../core/errors.js";
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
import { firstDifference } from "../payload/difference.js";
import type { Parts } from "../pipeline/parts.js";
import { walksPerLap, type Pool } from "../payload/pool.js";
import type { CheckClock, Sizes, Workload } from "./workload.js";

export interface WritingOptions {
  readonly parts: Parts;
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
}

/** Removes what a write trial that did not end has left beside its file. */
export function clearUnfinished(file: string): void {
  rmSync(lapFolder(file), { recursive: true, force: true });
}

/** Where a write trial puts its laps, beside the file that the last of them becomes. */
function lapFolder(file: string): string {
  return `${file}.laps`;
}

/** encode ▶ frame ▶ compress ▶ write: a lap is one file, synced and closed inside the clock. */
export class Writing implements Workload {
  readonly factsPerLap: number;
  digest: string | null = null;
  readonly injection: Injection;
  /** The codec's encoding, with its delay. */
  readonly encoder: Encoder;
  private readonly codec;
  private readonly writer: FactWriter;
  private readonly walks: number;
  private laps = 0;
  private lapBytes = { encoded: 0, stored: 0 };

  constructor(readonly options: WritingOptions) {
    const { parts, pool, schema, file, batchBytes, delays = NO_DELAYS } = options;
    this.codec = parts.codec.open(schema === undefined ? {} : { schema });
    this.injection = new Injection(delays);
    this.encoder = this.injection.encoder(encoderOf(parts.codec, this.codec));
    const batch = batchBytes === undefined ? {} : { batchBytes };
    this.writer = new FactWriter({ ...parts, ...this.encoder, ...batch }, nullSink());
    this.walks = walksPerLap(pool);
    this.factsPerLap = this.walks * pool.facts.length;
    if (file !== null) mkdirSync(lapFolder(file), { recursive: true });
  }

  check(clock: CheckClock): void {
    const memory = memorySink();
    this.writer.switchTo(memory);
    clock.resume();
    for (const facts of this.walk()) clock.count(facts);
    this.writer.endFile();
    clock.pause();
    const bytes = memory.content();
    const sidecar = this.codec.sidecar?.() ?? "";
    this.digest = createHash("sha256").update(bytes).update(sidecar).digest("hex");
    // The same bytes decode to the same facts: nothing is learned by doing it again.
    if (this.digest !== this.options.verifiedDigest) this.compare(bytes);
  }

  *lap(): Iterable<number> {
    const before = { encoded: this.writer.encodedBytes, stored: this.writer.storedBytes };
    yield* this.lapInto(this.openSink());
    this.laps += 1;
    this.lapBytes = {
      encoded: this.writer.encodedBytes - before.encoded,
      stored: this.writer.storedBytes - before.stored,
    };
  }

  /** The facts of a lap into a sink, which is then closed. */
  *lapInto(sink: Sink): Iterable<number> {
    this.writer.switchTo(sink);
    for (let walk = 0; walk < this.walks; walk++) yield* this.walk();
    this.writer.endFile();
    sink.close();
    yield 0; // closing takes time, too
  }

  /** Whether bytes go anywhere that could hold them up. */
  get hasSink(): boolean {
    const { file, slowing = NOT_SLOWED } = this.options;
    return file !== null || isSlowed(slowing) || this.injection.delays.sinkSeconds > 0;
  }

  /** Stored bytes of the last lap. */
  get lastLapBytes(): number {
    return this.lapBytes.stored;
  }

  /** What the last lap wrote; where it is not there any more, as many bytes of nothing. */
  lastLap(): Uint8Array {
    const { file } = this.options;
    return file === null
      ? Buffer.alloc(this.lapBytes.stored)
      : readFileSync(this.lapFile(this.laps - 1));
  }

  sizes(): Sizes {
    const { file } = this.options;
    const sidecarBytes = this.codec.sidecar?.().length ?? 0;
    const stats = file === null ? undefined : statSync(this.lapFile(this.laps - 1));
    if (stats !== undefined && stats.size !== this.lapBytes.stored) {
      throw new HellfactError(
        `${this.lapFile(this.laps - 1)} has ${stats.size} bytes; ${this.lapBytes.stored} were written`,
      );
    }
    return {
      encodedBytesPerFact: this.lapBytes.encoded / this.factsPerLap,
      storedBytesPerFact: (this.lapBytes.stored + sidecarBytes) / this.factsPerLap,
      // st_blocks counts units of 512 bytes, whatever the file system's own block is.
      allocatedBytesPerFact: stats === undefined ? null : (stats.blocks * 512) / this.factsPerLap,
    };
  }

  finish(): void {
    const { file, parts, sync } = this.options;
    if (file === null) return;
    saveSidecar(parts.codec, this.codec, file, sync);
    renameSync(this.lapFile(this.laps - 1), file);
    rmSync(lapFolder(file), { recursive: true });
  }

  /** Once over the pool. A batch never holds a fact twice: that would flatter compression. */
  private *walk(): Iterable<number> {
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

  /** The sink of the next lap, with whatever holds it back. */
  openSink(): Sink {
    const { file, sync, slowing = NOT_SLOWED } = this.options;
    this.injection.takeSinkSeconds(); // of facts that went elsewhere
    const sink = file === null ? nullSink() : fileSink(this.lapFile(this.laps), sync);
    return slowedSink(sink, slowing, () => this.injection.takeSinkSeconds());
  }

  private lapFile(lap: number): string {
    const { file } = this.options;
    return file === null ? "" : join(lapFolder(file), `${lap}-${basename(file)}`);
  }

  /** Decodes the bytes as a new process would, and compares fact by fact. */
  private compare(bytes: Buffer): void {
    const { parts, pool, schema } = this.options;
    const sidecar = this.codec.sidecar?.();
    const reader = parts.codec.open({
      ...(schema !== undefined && { schema }),
      ...(sidecar !== undefined && { sidecar }),
    });
    let index = 0;
    for (const fact of factsIn(bytes, parts, reader)) {
      const path = firstDifference(pool.facts[index], fact, parts.codec.losses);
      if (path !== undefined)
        throw new HellfactError(`fact ${index} comes back changed at ${path}`);
      index += 1;
    }
    if (index !== pool.facts.length) {
      throw new HellfactError(`${pool.facts.length} facts went in and ${index} came back`);
    }
  }
}
