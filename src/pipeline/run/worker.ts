import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { CodecOptions, OpenCodec } from "../../core/codec.js";
import type { Fact } from "../../core/fact.js";
import type { RangedSource, Reject } from "../../core/ranged-source.js";
import { writeWhole } from "../../sinks/file.js";
import { nullSink } from "../../sinks/null.js";
import type { Device } from "../../sinks/slowed.js";
import { dataFileEnding, sidecarPath } from "../data-file.js";
import { encoderOf, FactWriter, type Encoder } from "../fact-writer.js";
import { Injection } from "../injection.js";
import { loadCompressor, loadParts, type Parts } from "../parts.js";
import type { WorkerConditions, WorkerProgress } from "./messages.js";
import { openSource } from "./open-source.js";
import { Pace } from "./pace.js";
import { partName, partSink } from "./part.js";
import { Prober, type Probe, type Probed } from "./probe.js";
import type { MadeRange, Range, RunPlan } from "./plan.js";
import type { Done } from "./slice-recorder.js";
import { runCheck } from "./run-schema.js";
import { StageClock } from "./stages.js";
import { timedCompressor } from "./timed-compressor.js";
import { timedContainer } from "./timed-container.js";

/** How long messages of other processes may have to wait. */
const TURN_MILLISECONDS = 50;
/** Encoded bytes of the facts that a worker keeps to be measured with: some batches, none like another. */
const SAMPLE_BYTES = 3_000_000;

export interface WorkerHooks {
  /** Called a few times a second, while a part is open. */
  readonly onProgress: (progress: WorkerProgress) => void;
  /** Whether the open part is to be ended where it is. */
  readonly finishing: () => boolean;
  /** Resolves when the open part is to be ended, also while the source has nothing to give. */
  readonly finish: Promise<void>;
  /** Called after every batch: a place to stand still. */
  readonly pausePoint: () => Promise<void> | undefined;
  /** Whether the run goes on without this worker, so that nothing may be put in place any more. */
  readonly abandoned: () => boolean;
}

/** A part that has all its facts, and is not yet in place. */
export interface FilledPart {
  readonly part: MadeRange;
  readonly sourceEnded: boolean;
  /** Puts it in place, mostly in the background. */
  close(): Promise<void>;
}

/** What a plan names, loaded. */
interface OpenedParts {
  readonly parts: Parts;
  readonly source: RangedSource;
  /** What the names of parts end in, with the first dot. */
  readonly extension: string;
  /** Broken lines, as the source finds them. */
  readonly rejects: { lines: Reject[]; bytes: number };
}

/**
 * Makes parts out of ranges, one after the other: source ▶ encode ▶ frame ▶ compress ▶ write, a batch
 * at a time in reused memory. A slow sink holds up the source, for nothing is queued between them.
 */
export class RunWorker {
  private readonly clock = new StageClock();
  private readonly writer: FactWriter;
  private readonly pace: Pace | undefined;
  private codec: OpenCodec;
  /** What the codec kept outside its bytes before the first fact. */
  private sidecarBefore: Uint8Array | undefined;
  private facts = 0;
  private readonly injection: Injection;
  /** What all parts are written to, one after the other. */
  private readonly device: Device = { freeAt: 0 };
  /** The first facts, to measure parts of the pipeline with. */
  private readonly sample: Fact[] = [];
  private prober: Prober | undefined;

  private constructor(
    private readonly plan: RunPlan,
    private readonly opened: OpenedParts,
    private readonly conditions: WorkerConditions,
    private readonly hooks: WorkerHooks,
  ) {
    this.injection = new Injection(conditions.delays);
    this.codec = this.openCodec();
    const { framing, compressor, grain } = opened.parts;
    this.writer = new FactWriter(
      {
        framing,
        grain,
        ...this.timedEncoder(),
        compressor: timedCompressor(this.clock, compressor),
      },
      nullSink(),
    );
    const { factsPerSecond } = conditions;
    this.pace = factsPerSecond === null ? undefined : new Pace(factsPerSecond);
  }

  /** Opens everything that the plan names. */
  static async open(
    plan: RunPlan,
    conditions: WorkerConditions,
    hooks: WorkerHooks,
  ): Promise<RunWorker> {
    const parts = await loadParts(plan, plan.compressor, null, plan.grain);
    const { compressor } = await loadCompressor(plan.compressor);
    const extension = dataFileEnding(parts.codec, compressor, plan.grain);
    const rejects: OpenedParts["rejects"] = { lines: [], bytes: 0 };
    const keepAside = (reject: Reject) => {
      // Copied: the bytes are a view into what is read next.
      rejects.lines.push({ ...reject, bytes: Buffer.from(reject.bytes) });
      rejects.bytes += reject.bytes.length;
    };
    const source = await openSource(
      plan.source,
      plan.onError === "skip" ? keepAside : undefined,
      runCheck(plan.schema?.schema),
    );
    return new RunWorker(plan, { parts, source, extension, rejects }, conditions, hooks);
  }

  /** The codec may be another one for each part; the writer stays. */
  private timedEncoder(): Encoder {
    const { clock } = this;
    const { encode, container } = encoderOf(this.opened.parts.codec, this.codec);
    const around = container === undefined ? {} : { container: timedContainer(clock, container) };
    const current: Encoder =
      encode === undefined
        ? { encodeBatch: (facts, out) => this.codec.encodeBatch?.(facts, out) }
        : { encode: (fact, out) => this.codec.encode?.(fact, out) };
    const delayed = this.injection.encoder(current);
    return delayed.encode === undefined
      ? { ...around, encodeBatch: clock.timed("encode", delayed.encodeBatch) }
      : { ...around, encode: clock.timed("encode", delayed.encode) };
  }

  /** Makes a part of a range, or of as much of it as the plan lets one part have. */
  async fillPart(range: Range): Promise<FilledPart> {
    const { plan, writer, clock } = this;
    const { source, extension } = this.opened;
    const path = plan.folder === null ? null : join(plan.folder, partName(range.from) + extension);
    const { slowing } = this.conditions;
    const extra = () => this.injection.takeSinkSeconds();
    const sink = partSink(path, plan.sync, slowing, extra, this.device);
    const before = {
      facts: this.facts,
      encodedBytes: writer.encodedBytes,
      storedBytes: writer.storedBytes,
    };
    writer.switchTo({
      ...nullSink(),
      write: clock.timed("write", (batch: Uint8Array) => sink.write(batch)),
    });
    try {
      const whole = await this.fill(range, before.storedBytes);
      writer.endFile();
      const facts = this.facts - before.facts;
      // The end of a stream is only seen behind its last fact, by a part that has none.
      const isNothing =
        plan.source.kind === "stream" && facts + this.opened.rejects.lines.length === 0;
      const beside = this.saveBeside(isNothing ? null : path);
      return {
        part: {
          from: range.from,
          to: whole && !source.ended ? range.to : Math.min(range.to, source.position),
          file: path === null || isNothing ? null : basename(path),
          facts,
          encodedBytes: writer.encodedBytes - before.encodedBytes,
          storedBytes: writer.storedBytes - before.storedBytes,
          crc32: sink.checksum(),
          ...beside,
        },
        sourceEnded: source.ended,
        close: async () => {
          if (isNothing) sink.discard();
          else await sink.close(() => !this.hooks.abandoned());
        },
      };
    } catch (error) {
      sink.discard();
      throw error;
    }
  }

  /** Does one part of the pipeline alone; `null` where that cannot be. */
  async probe(probe: Probe): Promise<Probed | null> {
    if (this.sample.length === 0) return null;
    this.prober ??= this.openProber();
    return this.prober.run(probe);
  }

  /** What it did so far, as of its last batch. */
  get done(): Done {
    return { facts: this.facts, storedBytes: this.writer.storedBytes };
  }

  /** With a codec of its own: what it learns must not get into a part. */
  private openProber(): Prober {
    const { plan, conditions, sample } = this;
    const { parts } = this.opened;
    const encoder = encoderOf(parts.codec, this.openedCodec());
    return new Prober({
      ...{ plan, parts, facts: sample, slowing: conditions.slowing },
      encoder: new Injection(conditions.delays).encoder(encoder),
      sinkSecondsPerFact: conditions.delays.sinkSeconds,
    });
  }

  private see(fact: Fact): void {
    const { encodedBytes, pendingBytes } = this.writer;
    if (encodedBytes + pendingBytes < SAMPLE_BYTES) this.sample.push(fact);
  }

  /** Waits, as for a slow sink. */
  async waitToWrite(work: Promise<void>): Promise<void> {
    const start = performance.now();
    await work;
    this.clock.add("write", start);
  }

  /** Takes facts until the range, or what one part may have, is at its end: `true` for the range. */
  private async fill(range: Range, storedBefore: number): Promise<boolean> {
    const { plan, writer, clock } = this;
    const { source } = this.opened;
    const startedAt = performance.now();
    const isFull = () =>
      writer.storedBytes - storedBefore + this.opened.rejects.bytes >=
        (plan.mostPartBytes ?? Infinity) ||
      performance.now() - startedAt >= (plan.mostPartSeconds ?? Infinity) * 1000;
    let turnEnds = startedAt + TURN_MILLISECONDS;
    let asked = startedAt;
    const facts = source.facts(range.from, range.to);
    for await (const fact of Symbol.asyncIterator in facts
      ? until(this.hooks.finish, facts)
      : facts) {
      clock.add("source", asked);
      if (fact !== undefined) {
        await this.waitForTurn();
        const endedBatch = writer.add(fact);
        this.facts += 1;
        if (this.conditions.study) this.see(fact);
        if (endedBatch) await this.hooks.pausePoint();
      }
      if (isFull()) return false;
      if (performance.now() >= turnEnds) {
        await setImmediate();
        this.hooks.onProgress(this.progress());
        turnEnds = performance.now() + TURN_MILLISECONDS;
      }
      if (this.hooks.finishing()) return false;
      asked = performance.now();
    }
    return !this.hooks.finishing();
  }

  private async waitForTurn(): Promise<void> {
    if (this.pace === undefined) return;
    const start = performance.now();
    for (let wait = this.pace.millisecondsToNext(); wait > 0;) {
      await setTimeout(Math.min(wait, TURN_MILLISECONDS));
      this.hooks.onProgress(this.progress());
      if (this.hooks.finishing()) break;
      wait = this.pace.millisecondsToNext();
    }
    this.clock.add("wait", start);
    this.pace.take();
  }

  private openCodec(): OpenCodec {
    const codec = this.openedCodec();
    this.sidecarBefore = codec.sidecar?.();
    return codec;
  }

  /** A codec as it is before the first fact. */
  private openedCodec(): OpenCodec {
    const { plan } = this;
    const { parts, source } = this.opened;
    const schema = plan.schema?.schema ?? source.schema;
    const options: CodecOptions = {
      ...(schema !== undefined && { schema }),
      ...(plan.sidecar !== null &&
        plan.folder !== null && { sidecar: readFileSync(join(plan.folder, plan.sidecar)) }),
    };
    return parts.codec.open(options);
  }

  /** Writes what belongs to a part and is not in it; appears before the part does. */
  private saveBeside(path: string | null): Pick<MadeRange, "sidecar" | "rejected" | "rejects"> {
    const { rejects } = this.opened;
    const rejected = rejects.lines.splice(0);
    rejects.bytes = 0;
    if (path === null) return { sidecar: null, rejected: rejected.length, rejects: null };
    const sidecar = this.saveSidecar(path);
    if (rejected.length === 0) return { sidecar, rejected: 0, rejects: null };
    const rejectsPath = `${path}.rejects.ndjson`;
    writeWhole(rejectsPath, Buffer.from(rejected.map(rejectLine).join("")), this.plan.sync);
    return { sidecar, rejected: rejected.length, rejects: basename(rejectsPath) };
  }

  /** The file with what the codec keeps outside the bytes of a part, if it keeps anything. */
  private saveSidecar(path: string): string | null {
    const { plan } = this;
    const sidecar = this.codec.sidecar?.();
    if (sidecar === undefined) return null;
    const isAsBefore = Buffer.compare(sidecar, this.sidecarBefore ?? sidecar) === 0;
    // The next part begins as this one did, so that its bytes do not depend on what was before it.
    if (!isAsBefore) this.codec = this.openCodec();
    if (isAsBefore && plan.sidecar !== null) return plan.sidecar;
    const own = sidecarPath(this.opened.parts.codec, path);
    writeWhole(own, sidecar, plan.sync);
    return basename(own);
  }

  progress(): WorkerProgress {
    const { facts, writer, clock, pace } = this;
    return {
      facts,
      encodedBytes: writer.encodedBytes + writer.pendingBytes,
      storedBytes: writer.storedBytes,
      stages: { ...clock.seconds },
      secondsLate: pace?.secondsLate ?? 0,
      mostSecondsLate: pace?.mostSecondsLate ?? 0,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }
}

/** What comes until something else happens. */
async function* until<T>(end: Promise<void>, items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let stopWaiting = () => undefined as void;
  // One reaction for all items: `Promise.race` would leave one behind with each.
  void end.then(() => stopWaiting());
  for (;;) {
    const next = await new Promise<IteratorResult<T> | undefined>((resolve, reject) => {
      stopWaiting = () => resolve(undefined);
      iterator.next().then(resolve, reject);
    });
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

/** A line of a file of rejects: the text, or what is no text in base64. */
function rejectLine({ bytes, byte, problem }: Reject): string {
  const content = isUtf8(bytes) ? { text: bytes.toString() } : { base64: bytes.toString("base64") };
  return `${JSON.stringify({ byte, problem, ...content })}\n`;
}
