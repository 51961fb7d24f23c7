import type { Codec, OpenCodec } from "../core/codec.js";
import type { CompressStream } from "../core/compressor.js";
import type { Container, ContainerFile } from "../core/container.js";
import type { Fact } from "../core/fact.js";
import type { Sink } from "../core/sink.js";
import { cannotWrite, type Parts } from "./parts.js";
import { Slab } from "../core/slab.js";

/** Encoded bytes at which a batch is handed on: about 13 hell facts as JSON. */
const BATCH_BYTES = 1 << 19;
/**
 * Facts that columns are made of, whose bytes are not known before. Measured on hell facts: from 64 to
 * 256 Parquet gets a quarter smaller and nothing slower; from there to 1024 a tenth, at twice the memory.
 */
const COLUMNAR_BATCH_FACTS = 256;

/** The half of an opened codec that writes. */
export type Encoder = { readonly container?: Container } & (
  | { readonly encode: NonNullable<OpenCodec["encode"]>; readonly encodeBatch?: undefined }
  | { readonly encodeBatch: NonNullable<OpenCodec["encodeBatch"]>; readonly encode?: undefined }
);

/** Throws an `InputError` if a codec cannot write. */
export function encoderOf(codec: Codec, { encode, encodeBatch, container }: OpenCodec): Encoder {
  const around = container === undefined ? {} : { container };
  if (encode !== undefined) return { encode, ...around };
  if (encodeBatch !== undefined) return { encodeBatch, ...around };
  throw cannotWrite(codec);
}

export type FactWriterParts = Encoder &
  Pick<Parts, "framing" | "compressor" | "unit"> & {
    /** Encoded bytes at which a batch is handed on; columns are handed on by their facts. */
    readonly batchBytes?: number;
  };

/**
 * encode ▶ frame ▶ compress ▶ write, a batch at a time. The slab is reused: when the sink has
 * accepted a batch, its bytes are overwritten by the next one.
 */
export class FactWriter {
  /** Bytes of encoded facts, framed before compression, in all batches handed on so far. */
  encodedBytes = 0;
  /** Bytes of facts that were encoded one by one, without framing and container, in batches or not. */
  bareBytes = 0;
  /** Bytes that the sink accepted so far. */
  storedBytes = 0;
  private readonly batchBytes: number;
  private readonly slab: Slab;
  /** One encoded fact, where each is compressed alone. */
  private readonly single: Slab | undefined;
  /** Bytes of the facts in the slab, where those are compressed already. */
  private singleBytes = 0;
  /** Facts that wait for enough others to make columns of. */
  private readonly waiting: Fact[] = [];
  /** Facts in the slab. */
  private batchFacts = 0;
  private stream: CompressStream | undefined;
  /** The file that was begun, if it has a container. */
  private file: ContainerFile | undefined;

  constructor(
    private parts: FactWriterParts,
    private sink: Sink,
  ) {
    this.batchBytes = parts.batchBytes ?? BATCH_BYTES;
    this.slab = new Slab(this.batchBytes * 2);
    if (parts.unit === "fact") this.single = new Slab(BATCH_BYTES);
  }

  /** Where facts are compressed alone, they are framed alone. */
  private get container(): Container | undefined {
    return this.parts.unit === "fact" ? undefined : this.parts.container;
  }

  /** Bytes of encoded facts that wait for their batch to fill. */
  get pendingBytes(): number {
    return this.single === undefined ? this.slab.position : this.singleBytes;
  }

  /** Adds one fact. Returns whether that filled a batch, which was then handed on. */
  add(fact: Fact): boolean {
    const { encode } = this.parts;
    if (encode === undefined) return this.hold(fact);
    const start = this.beginFrame();
    if (this.single === undefined) {
      const from = this.slab.position;
      encode(fact, this.slab);
      this.bareBytes += this.slab.position - from;
    } else this.addCompressed(encode, fact, this.single);
    this.endFrame(start);
    this.batchFacts += 1;
    const full = this.slab.position >= this.batchBytes;
    if (full) this.endBatch();
    return full;
  }

  /** Hands on what was added since the last batch, if anything. */
  endBatch(): void {
    if (this.waiting.length > 0) this.encodeWaiting();
    if (this.slab.position === 0) return;
    if (this.container !== undefined) {
      this.file ??= this.container.openFile();
      this.file.add(this.slab, this.batchFacts);
    }
    this.handOnSlab();
  }

  /** Hands on what makes a file whole. What is added next belongs to another file. */
  endFile(): void {
    this.endBatch();
    if (this.file !== undefined) {
      this.file.end(this.slab);
      this.file = undefined;
      if (this.slab.position > 0) this.handOnSlab();
    }
    if (this.stream === undefined) return;
    this.handOn(this.stream.end());
    this.stream = undefined;
  }

  /** Goes on into another sink, after ending the file; there perhaps by a codec that was opened anew. */
  switchTo(sink: Sink, encoder?: Encoder): void {
    this.endFile();
    this.sink = sink;
    if (encoder === undefined) return;
    const { framing, compressor, unit } = this.parts;
    this.parts = { framing, compressor, unit, ...encoder };
  }

  private addCompressed(encode: NonNullable<Encoder["encode"]>, fact: Fact, single: Slab): void {
    single.position = 0;
    encode(fact, single);
    this.singleBytes += single.position;
    this.bareBytes += single.position;
    this.slab.bytes(this.parts.compressor.compress(single.buffer.subarray(0, single.position)));
  }

  private hold(fact: Fact): boolean {
    const full = this.waiting.push(fact) >= COLUMNAR_BATCH_FACTS;
    if (full) this.endBatch();
    return full;
  }

  private encodeWaiting(): void {
    const start = this.beginFrame();
    this.parts.encodeBatch?.(this.waiting, this.slab);
    this.endFrame(start);
    this.batchFacts = this.waiting.length;
    this.waiting.length = 0;
  }

  private beginFrame(): number {
    return this.container === undefined ? this.parts.framing.begin(this.slab) : 0;
  }

  private endFrame(start: number): void {
    if (this.container === undefined) this.parts.framing.end(this.slab, start);
  }

  private handOnSlab(): void {
    const batch = this.compressed(this.slab.buffer.subarray(0, this.slab.position));
    this.encodedBytes += this.pendingBytes;
    this.singleBytes = 0;
    this.batchFacts = 0;
    this.slab.position = 0;
    this.handOn(batch);
  }

  private compressed(batch: Uint8Array): Uint8Array {
    const { compressor, unit } = this.parts;
    switch (unit) {
      case "fact":
        return batch;
      case "batch":
        return compressor.compress(batch);
      case "file":
        this.stream ??= compressor.openStream?.();
        return this.stream?.add(batch) ?? compressor.compress(batch);
    }
  }

  private handOn(bytes: Uint8Array): void {
    this.storedBytes += bytes.length;
    this.sink.write(bytes);
  }
}
