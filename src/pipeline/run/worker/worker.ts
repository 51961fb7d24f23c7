import { basename, join } from "node:path";
import type { Codec } from "../../../core/codec.js";
import type { Fact } from "../../../core/fact.js";
import type { JsonSchema } from "../../../core/json-schema.js";
import type { SinkPlugin } from "../../../core/sink.js";
import type { RangedSource } from "../../../core/ranged-source.js";
import { nullSink } from "../../../sinks/null.js";
import type { Segment } from "../../../sources/line-segment.js";
import type { Device } from "../../../sinks/slowed.js";
import { loadSink } from "../../../plugins/load-sink.js";
import { dataFileEnding } from "../../data-file.js";
import { FactWriter, type Encoder } from "../../fact-writer.js";
import { Injection, isDelayed } from "../../injection.js";
import type { Parts } from "../../parts.js";
import type { WorkerConditions } from "../conditions.js";
import { FactLoop } from "./fact-loop.js";
import type { WorkerProgress, WorkRange } from "../messages.js";
import { openSource } from "./open-source.js";
import { Pace } from "./pace.js";
import { PartCodec } from "./part-codec.js";
import { openPart } from "./part.js";
import { partName } from "./part-name.js";
import type { OwnFiles } from "../own-files.js";
import { partsOf } from "../places/plan-parts.js";
import { writerOf } from "../../json-engine.js";
import type { MadeRange, RunPlan } from "../plan.js";
import { PartSummary } from "./part-summary.js";
import { Prober, type Probe, type Probed } from "./probe.js";
import { refusal } from "./refusal.js";
import { Rejects } from "./rejects.js";
import { runCheck } from "../run-schema.js";
import type { Done } from "./slice-recorder.js";
import { StageClock } from "./stages.js";
import { timedCompressor } from "./timed-compressor.js";
import { timedContainer } from "./timed-container.js";

/** Encoded bytes of the facts that a worker keeps to be measured with: some batches, none like another. */
const SAMPLE_BYTES = 3_000_000;

/** What is known of facts of which nothing is known. */
const ANY: JsonSchema = {};

export interface WorkerHooks {
  /** Called between turns, while a part is open. */
  readonly onProgress: () => void;
  /** Ends the open part where it is. */
  readonly signal: AbortSignal;
  /** Called after every batch: a place to stand still. */
  readonly pausePoint: (() => Promise<void>) | undefined;
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

/** What was put aside for the range that is worked on. */
interface Taken {
  segment: Segment | undefined;
}

/** What a plan names, loaded. */
interface Opened {
  readonly parts: Parts;
  /** The codec that writes: not always the one that is named. */
  readonly writer: Codec;
  readonly source: RangedSource;
  readonly taken: Taken;
  /** What the names of parts end in, with the first dot. */
  readonly extension: string;
  readonly rejects: Rejects;
  /** A user's own, where parts go to one. */
  readonly sink: SinkPlugin | undefined;
}

/**
 * Makes parts out of ranges, one after the other: source ▶ encode ▶ frame ▶ compress ▶ write, a batch
 * at a time in reused memory. A slow sink holds up the source, for nothing is queued between them.
 */
export class RunWorker {
  private readonly stages = new StageClock();
  private readonly codec: PartCodec;
  private readonly writer: FactWriter;
  private readonly loop: FactLoop;
  private readonly pace: Pace | undefined;
  private readonly injection: Injection;
  /** What all parts are written to, one after the other. */
  private readonly device: Device = { freeAt: 0 };
  /** The first facts, to measure parts of the pipeline with. */
  private readonly sample: Fact[] = [];
  private prober: Prober | undefined;
  private readonly summary: PartSummary | undefined;

  private constructor(
    private readonly plan: RunPlan,
    private readonly opened: Opened,
    private readonly conditions: WorkerConditions,
    private readonly hooks: WorkerHooks,
  ) {
    const { parts, source } = opened;
    this.injection = new Injection(conditions.delays);
    const schema = plan.schema?.schema ?? source.schema ?? plan.hint?.schema ?? ANY;
    this.codec = new PartCodec(plan, opened.writer, schema);
    const compressor = timedCompressor(this.stages, parts.compressor);
    const { framing, unit } = parts;
    this.writer = new FactWriter({ framing, unit, compressor, ...this.encoder() }, nullSink());
    const { factsPerSecond } = conditions;
    this.pace = factsPerSecond === null ? undefined : new Pace(factsPerSecond);
    const { folder, summarise } = plan;
    this.summary =
      folder === null || summarise === undefined ? undefined : new PartSummary(folder, summarise);
    this.loop = new FactLoop({
      ...{ source, writer: this.writer, stages: this.stages, pace: this.pace },
      signal: hooks.signal,
      onTurn: hooks.onProgress,
      pausePoint: hooks.pausePoint,
      onFact: this.onFact(),
      refusal: (error) => refusal(error, source, parts.codec),
    });
  }

  /** Opens everything that the plan names. */
  static async open(
    plan: RunPlan,
    own: OwnFiles,
    conditions: WorkerConditions,
    hooks: WorkerHooks,
  ): Promise<RunWorker> {
    const parts = await partsOf(plan, own, plan.compressorEngine);
    const extension = dataFileEnding(parts.codec, parts, plan.unit);
    const rejects = new Rejects();
    const onReject = plan.onError === "skip" ? rejects.keep : undefined;
    const taken: Taken = { segment: undefined };
    const segment = () => taken.segment as Segment;
    const check = runCheck(plan.schema?.schema);
    const source = await openSource(plan.source, onReject, check, segment);
    const writer = await writerOf(parts.codec, conditions.jsonEngine);
    const sink = conditions.sink && (await loadSink(conditions.sink));
    const opened = { parts, writer, source, taken, extension, rejects, sink };
    return new RunWorker(plan, opened, conditions, hooks);
  }

  /**
   * Makes a part of a range, or of as much of it as the plan lets one part have.
   * @param staging folder inside the run's where its files go; `null` for the run's own
   */
  async fillPart({ segment, ...range }: WorkRange, staging: string | null): Promise<FilledPart> {
    this.opened.taken.segment = segment;
    const { plan, writer, stages } = this;
    const { source, extension, rejects } = this.opened;
    const name = partName(range.from) + extension;
    const path = plan.folder === null ? null : join(plan.folder, staging ?? "", name);
    const extra = () => this.injection.takeSinkSeconds();
    const { slowing, sink: own } = this.conditions;
    const sink = openPart(
      { path, sync: plan.sync, slowing, extraSeconds: extra, device: this.device },
      await this.opened.sink?.open({ place: own?.place ?? "", part: name }),
    );
    const factsBefore = this.loop.facts;
    const { encodedBytes, storedBytes } = writer;
    const write = stages.timed("write", (batch: Uint8Array) => sink.write(batch));
    writer.switchTo({ ...nullSink(), write }, this.encoder());
    this.summary?.begin();
    try {
      const mostBytes = plan.mostPartBytes ?? Infinity;
      const whole = await this.loop.fill(range, {
        hasEnoughBytes: () => writer.storedBytes - storedBytes + rejects.bytes >= mostBytes,
        until: performance.now() + (plan.mostPartSeconds ?? Infinity) * 1000,
      });
      this.endFile();
      const facts = this.loop.facts - factsBefore;
      const reached = Math.min(range.to, Math.max(range.from, source.position));
      const to = whole && !source.ended ? range.to : reached;
      // The end of a stream is only seen behind its last fact; time may be up before the first.
      const hasPositions = plan.source.kind !== "stream" && to > range.from;
      const isNothing = facts + rejects.count === 0 && !hasPositions;
      const place = isNothing ? null : path;
      const keepSketch = this.summary?.end();
      const part: MadeRange = {
        from: range.from,
        to,
        file: place === null ? null : basename(place),
        facts,
        encodedBytes: writer.encodedBytes - encodedBytes,
        storedBytes: writer.storedBytes - storedBytes,
        crc32: sink.checksum(),
        sidecar: this.codec.endPart(place),
        ...rejects.save(place, plan.sync),
      };
      return {
        part,
        sourceEnded: source.ended,
        close: async () => {
          if (isNothing) {
            sink.discard();
            return;
          }
          await sink.close(() => !this.hooks.abandoned());
          keepSketch?.(part);
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
    return { facts: this.loop.facts, storedBytes: this.writer.storedBytes };
  }

  progress(): WorkerProgress {
    const { writer, stages, pace } = this;
    return {
      facts: this.loop.facts,
      encodedBytes: writer.encodedBytes + writer.pendingBytes,
      storedBytes: writer.storedBytes,
      stages: { ...stages.seconds },
      secondsLate: pace?.secondsLate ?? 0,
      mostSecondsLate: pace?.mostSecondsLate ?? 0,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }

  /** Waits, as for a slow sink. */
  async waitToWrite(work: Promise<void>): Promise<void> {
    const start = performance.now();
    await work;
    this.stages.add("write", start);
  }

  /** Encodes the next part. Batches of facts are timed; single facts are by the loop, which takes less. */
  private encoder(): Encoder {
    const { container, ...encoder } = this.codec.encoder();
    const around =
      container === undefined ? {} : { container: timedContainer(this.stages, container) };
    const delayed = isDelayed(this.conditions.delays) ? this.injection.encoder(encoder) : encoder;
    return delayed.encodeBatch === undefined
      ? { ...around, ...delayed }
      : { ...around, encodeBatch: this.stages.timed("encode", delayed.encodeBatch) };
  }

  private endFile(): void {
    try {
      this.writer.endFile();
    } catch (error) {
      throw refusal(error, this.opened.source, this.opened.parts.codec);
    }
  }

  private openProber(): Prober {
    const { plan, conditions, sample } = this;
    const { parts } = this.opened;
    return new Prober({
      ...{ plan, parts, facts: sample, slowing: conditions.slowing },
      encoder: new Injection(conditions.delays).encoder(this.codec.encoderApart()),
      sinkSecondsPerFact: conditions.delays.writeSeconds,
    });
  }

  /** Who sees each fact that was taken; most often nobody. */
  private onFact(): ((fact: Fact) => void) | undefined {
    const { summary } = this;
    const { probing } = this.conditions;
    if (summary === undefined) return probing ? (fact) => this.keepSample(fact) : undefined;
    return (fact) => {
      summary.add(fact);
      if (probing) this.keepSample(fact);
    };
  }

  private keepSample(fact: Fact): void {
    const { encodedBytes, pendingBytes } = this.writer;
    if (encodedBytes + pendingBytes < SAMPLE_BYTES) this.sample.push(fact);
  }
}
