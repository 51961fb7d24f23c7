import type { OpenCodec } from "../core/codec.js";
import type { OpenCompressor } from "../core/compressor.js";
import type { Fact } from "../core/fact.js";
import type { Framing } from "../core/framing.js";
import type { Sink } from "../core/sink.js";
import { Slab } from "./slab.js";

/** Encoded bytes at which a batch is handed on: about 13 hell facts as JSON. */
const BATCH_BYTES = 1 << 19;

export interface FactWriterParts {
  readonly encode: NonNullable<OpenCodec["encode"]>;
  readonly framing: Framing;
  readonly compressor: OpenCompressor;
  /** Encoded bytes at which a batch is handed on. */
  readonly batchBytes?: number;
}

/**
 * encode ▶ frame ▶ compress ▶ write, a batch at a time. The slab is reused: when the sink has
 * accepted a batch, its bytes are overwritten by the next one.
 */
export class FactWriter {
  /** Bytes of encoded and framed facts in all batches handed on so far. */
  encodedBytes = 0;
  /** Bytes that the sink accepted so far. */
  storedBytes = 0;
  private readonly batchBytes: number;
  private readonly slab: Slab;

  constructor(
    private readonly parts: FactWriterParts,
    private sink: Sink,
  ) {
    this.batchBytes = parts.batchBytes ?? BATCH_BYTES;
    this.slab = new Slab(this.batchBytes * 2);
  }

  /** Bytes of encoded facts that wait for their batch to fill. */
  get pendingBytes(): number {
    return this.slab.position;
  }

  /** Adds one fact. Returns whether that filled a batch, which was then handed on. */
  add(fact: Fact): boolean {
    const { encode, framing } = this.parts;
    const start = framing.begin(this.slab);
    encode(fact, this.slab);
    framing.end(this.slab, start);
    const full = this.slab.position >= this.batchBytes;
    if (full) this.endBatch();
    return full;
  }

  /** Hands on what was added since the last batch, if anything. */
  endBatch(): void {
    const { position } = this.slab;
    if (position === 0) return;
    const batch = this.parts.compressor.compress(this.slab.buffer.subarray(0, position));
    this.encodedBytes += position;
    this.storedBytes += batch.length;
    this.slab.position = 0;
    this.sink.write(batch);
  }

  /** Goes on into another sink, after ending the batch. */
  switchTo(sink: Sink): void {
    this.endBatch();
    this.sink = sink;
  }
}
