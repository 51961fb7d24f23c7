import { DiskFullError, firstLine, UnavailableError } from "../core/errors.js";
import type { OpenCodec } from "../core/codec.js";
import type { JsonSchema } from "../core/json-schema.js";
import type { Source } from "../core/source.js";
import { encoderOf, FactWriter } from "../pipeline/fact-writer.js";
import { loadParts, openCodec, type Parts } from "../pipeline/parts.js";
import type { CodecChoice } from "../plugins/load-codec.js";
import { compressorName, type NamedCompressor } from "../plugins/load-compressor.js";
import { memorySink } from "../sinks/memory.js";
import { measureCeilings } from "./ceilings.js";
import { phaseSeconds, secondsSinceStart } from "./clock.js";
import { TICK_SECONDS } from "../verdict/corroborate.js";
import { measureInjected } from "./injected.js";
import { openPayload } from "../payload/payload.js";
import { takePool, passesPerRepetition, type Pool } from "../payload/pool.js";
import { Reading, type FileContent } from "./reading.js";
import { isReading } from "./scenario.js";
import { shareCallSites } from "./share-call-sites.js";
import type { TrialMeasure, TrialOutcome, TrialPlan } from "./trial.js";
import type { Hold } from "../process/answer.js";
import { STEADY_TAIL } from "../stats/steady.js";
import { measureWorkload } from "./measurement.js";
import { calmDown, comeBack, warmUp, warmUpLimits, type WarmedUp } from "./warm-up.js";
import type { Workload } from "./workload.js";
import { Writing } from "./writing.js";

/** What a trial takes at least, besides a repetition: three samples. */
const LEAST_SECONDS = 0.06;

/**
 * Makes trials in this process, one after the other; it should be fresh and be used for nothing else.
 * They share the pool, the opened codec and, in what they do, everything but what compresses and how deep is
 * read: other codecs, or writing before reading, would change how the engine compiles what is measured.
 *
 * All are warmed up before the first is measured: getting ready may happen beside others, measuring may not. It holds
 * before each of them, so that those of several processes can be measured by turns, close to each other in time.
 */
export async function makeTrials(
  plans: readonly TrialPlan[],
  hold: Hold,
  onFailure: (error: unknown) => void,
): Promise<TrialOutcome[]> {
  const [first] = plans;
  if (first === undefined) return [];
  const source = await openPayload(first.payload);
  const pool = await takePool(source, first.poolSize);
  const seconds = plans.reduce((sum, { allowanceSeconds }) => sum + allowanceSeconds, 0);
  const shared: Shared = {
    source,
    pool,
    seconds,
    codecs: [],
    warmedUp: undefined,
    verifiedContents: new Set(),
  };
  const problemOf = (error: unknown) => outcomeOf(error, onFailure);

  const prepared = new Map<TrialPlan, Ready | TrialOutcome>();
  let plainest: Ready | undefined;
  for (const plan of compressingLast(plans)) {
    const trial = await prepare(plan, shared).catch(problemOf);
    prepared.set(plan, trial);
    if (!("status" in trial)) plainest ??= trial;
  }
  const left = Math.max(plans.length * LEAST_SECONDS, seconds - secondsSinceStart());
  if (plainest !== undefined) calmDown(plainest.workload, seconds);

  const done: (Done | TrialOutcome)[] = [];
  for (const plan of plans) {
    hold();
    const trial = prepared.get(plan);
    if (trial === undefined) continue;
    if ("status" in trial) {
      done.push(trial);
      continue;
    }
    done.push(await measured(trial, source, left / plans.length).catch(problemOf));
  }
  hold();
  // Decoding what was written comes last: it would change how the engine compiles.
  return done.map((trial) => ("status" in trial ? trial : confirmed(trial, problemOf)));
}

/** What compresses hides the work of the codec, which is to be warm by then. */
function compressingLast(plans: readonly TrialPlan[]): TrialPlan[] {
  const compresses = ({ scenario }: TrialPlan) => Number(scenario.compressor !== "none");
  return plans.toSorted((a, b) => compresses(a) - compresses(b));
}

interface Shared {
  readonly source: Source;
  readonly pool: Pool;
  /** Of all trials of this process together. */
  readonly seconds: number;
  /** The codec, as it was opened for the trials before. */
  readonly codecs: OpenedCodec[];
  /** How the first trial warmed it up. */
  warmedUp: WarmedUp | undefined;
  /** What the files of this process, all of one codec, were found to hold. */
  readonly verifiedContents: Set<string>;
}

interface OpenedCodec {
  readonly sidecar: Uint8Array | undefined;
  readonly codec: OpenCodec;
}

/** A trial whose workload is right, and warm. */
interface Ready {
  readonly plan: TrialPlan;
  readonly workload: Workload;
  readonly setupSeconds: number;
  readonly warmedUp: WarmedUp;
}

interface Done {
  readonly workload: Workload;
  readonly measure: TrialMeasure;
}

async function prepare(plan: TrialPlan, shared: Shared): Promise<Ready | TrialOutcome> {
  const { source, pool, seconds } = shared;
  const runtime = plan.runtimes?.find(({ name }) => name === plan.scenario.runtime);
  if (runtime?.sharedWith !== undefined) {
    const others = runtime.sharedWith.filter((name) => name !== plan.scenario.codec);
    await shareCallSites(
      others.map((name) => choiceOf(name, plan)),
      pool,
      source.schema,
    );
  }
  const loadStart = secondsSinceStart();
  const { codec, engine, unit } = plan.scenario;
  const parts = await loadParts(choiceOf(codec, plan), compressorOf(plan), engine, unit);
  const loaded = secondsSinceStart();
  const content = isReading(plan.scenario.direction)
    ? await contentToRead(plan, parts, pool, source.schema)
    : undefined;
  const openStart = secondsSinceStart();
  const workload = openWorkload(plan, parts, shared, content);
  const setupSeconds = loaded - loadStart + (secondsSinceStart() - openStart);
  if (plan.prepareOnly) {
    for (const _ of workload.repetition());
    workload.finish();
    return { status: "prepared" };
  }
  const limits = warmUpLimits(seconds);
  if (shared.warmedUp === undefined) {
    const warmedUp = (shared.warmedUp = warmUp(workload, limits));
    return { plan, workload, setupSeconds, warmedUp };
  }
  // What warmed up before had the codec in common with this one, which is most of the work.
  const warmedUp = warmUp(workload, { least: 0, most: limits.least / 8 });
  const steady =
    shared.warmedUp.steady && (warmedUp.steady || warmedUp.samples.length < STEADY_TAIL);
  return { plan, workload, setupSeconds, warmedUp: { ...warmedUp, steady } };
}

async function measured(
  { plan, workload, setupSeconds, warmedUp }: Ready,
  source: Source,
  seconds: number,
): Promise<Done> {
  comeBack(workload);
  const deadline = secondsSinceStart() + seconds;
  // Whether the machine was disturbed is told by counters that go in ticks.
  const least = plan.study === "ceilings" ? phaseSeconds(0, TICK_SECONDS) : 0;
  const measure = await measureWorkload(workload, warmedUp, setupSeconds, { deadline, least });
  const studied = workload instanceof Writing ? await study(workload, plan, source) : {};
  workload.finish();
  return { workload, measure: { ...measure, ...studied } };
}

function confirmed(
  { workload, measure }: Done,
  problemOf: (error: unknown) => TrialOutcome,
): TrialOutcome {
  try {
    return { status: "ok", measure, digest: workload.confirm() };
  } catch (error) {
    return problemOf(error);
  }
}

/** @param onFailure hears of an error that is none of a machine, such as a codec's own */
function outcomeOf(error: unknown, onFailure: (error: unknown) => void): TrialOutcome {
  if (error instanceof DiskFullError) return { status: "fatal", reason: error.message };
  if (error instanceof UnavailableError) return { status: "unavailable", reason: error.message };
  onFailure(error);
  return { status: "failed", reason: firstLine(error) };
}

function choiceOf(codec: string, { codecFiles }: TrialPlan): CodecChoice {
  const codecFile = codecFiles[codec];
  return { codec, ...(codecFile !== undefined && { codecFile }) };
}

function compressorOf({ scenario, compressorFiles = {} }: TrialPlan): NamedCompressor {
  const { compressor } = scenario;
  return { compressor, compressorFile: compressorFiles[compressorName(compressor)] };
}

/** What the plan wants to know beside the rate. */
async function study(
  writing: Writing,
  { study: what }: TrialPlan,
  source: Source,
): Promise<Pick<TrialMeasure, "ceilings" | "injected">> {
  switch (what) {
    case "none":
      return {};
    case "ceilings":
      return { ceilings: await measureCeilings(writing, source) };
    case "causal":
      return { injected: measureInjected(writing) };
  }
}

/** @param content what is read; not there for a write */
function openWorkload(
  { scenario, file, fields, verifiedDigest, batchBytes, slowing, delays }: TrialPlan,
  parts: Parts,
  { pool, source: { schema }, codecs, verifiedContents }: Shared,
  content: FileContent | undefined,
): Workload {
  const { direction } = scenario;
  const open = (sidecar: Uint8Array | undefined): OpenCodec => {
    const known = codecs.find((one) => isSame(one.sidecar, sidecar));
    if (known !== undefined) return known.codec;
    const codec = openCodec(parts.codec, schema, sidecar);
    codecs.push({ sidecar, codec });
    return codec;
  };
  const common = {
    ...{ parts, pool, schema, verifiedContents },
    ...(verifiedDigest !== null && { verifiedDigest }),
  };
  if (content !== undefined) return new Reading({ ...common, open, direction, fields, content });
  return new Writing({
    ...common,
    codec: open(undefined),
    compresses: scenario.compressor !== "none",
    file,
    sync: scenario.sync ?? "none",
    ...(batchBytes !== undefined && { batchBytes }),
    slowing,
    delays,
  });
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Buffer.compare(one, other) === 0;
}

/** The file that a write trial left, or in a trial that stays away from the disk, its like. */
async function contentToRead(
  plan: TrialPlan,
  parts: Parts,
  pool: Pool,
  schema: JsonSchema | undefined,
): Promise<FileContent> {
  const { scenario, file, batchBytes } = plan;
  if (file !== null) return { path: file };
  const { writtenBy } = parts.codec;
  const writing =
    writtenBy === undefined
      ? parts
      : await loadParts(writtenBy, compressorOf(plan), null, scenario.unit);
  const codec = openCodec(writing.codec, schema);
  const memory = memorySink();
  const batch = batchBytes === undefined ? {} : { batchBytes };
  const writer = new FactWriter(
    { ...writing, ...encoderOf(writing.codec, codec), ...batch },
    memory,
  );
  for (let pass = 0; pass < passesPerRepetition(pool); pass++) {
    for (const fact of pool.facts) writer.add(fact);
    writer.endBatch();
  }
  writer.endFile();
  return { bytes: memory.content(), sidecar: codec.sidecar?.() };
}
