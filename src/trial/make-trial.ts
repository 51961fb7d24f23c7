import { DiskFullError, firstLine, UnavailableError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import type { Source } from "../core/source.js";
import { encoderOf, FactWriter } from "../pipeline/fact-writer.js";
import { loadParts, type Parts } from "../pipeline/parts.js";
import type { CodecChoice } from "../plugins/load-codec.js";
import { compressorName, type NamedCompressor } from "../plugins/load-compressor.js";
import { memorySink } from "../sinks/memory.js";
import { measureCeilings } from "./ceilings.js";
import { secondsSinceStart } from "./clock.js";
import { measureInjected } from "./injected.js";
import { openPayload } from "../payload/payload.js";
import { takePool, passesPerRepetition, type Pool } from "../payload/pool.js";
import { Reading, type FileContent } from "./reading.js";
import { isReading } from "./scenario.js";
import { shareCallSites } from "./share-call-sites.js";
import type { TrialMeasure, TrialOutcome, TrialPlan } from "./trial.js";
import { measureWorkload } from "./measurement.js";
import type { Workload } from "./workload.js";
import { Writing } from "./writing.js";

/**
 * Makes trials in this process, one after the other; it should be fresh and be used for nothing else.
 * They share the pool and, in what they do, everything but what compresses and how deep is read: other codecs,
 * or writing before reading, would change how the engine compiles what is measured.
 */
export async function makeTrials(
  plans: readonly TrialPlan[],
  onFailure: (error: unknown) => void,
): Promise<TrialOutcome[]> {
  const [first] = plans;
  if (first === undefined) return [];
  const source = await openPayload(first.payload);
  const pool = await takePool(source, first.poolSize);
  const outcomes: TrialOutcome[] = [];
  const verifiedContents = new Set<string>();
  const end = plans.reduce((sum, { allowanceSeconds }) => sum + allowanceSeconds, 0);
  for (const [index, plan] of plans.entries()) {
    // What starting and making the pool took is shared evenly.
    const now = secondsSinceStart();
    const deadline = now + Math.max(0, end - now) / (plans.length - index);
    outcomes.push(await makeTrial(plan, { source, pool, deadline, verifiedContents, onFailure }));
  }
  return outcomes;
}

interface Shared {
  readonly source: Source;
  readonly pool: Pool;
  /** In seconds since this process started. */
  readonly deadline: number;
  /** What the files of this process, all of one codec, were found to hold. */
  readonly verifiedContents: Set<string>;
  /** Hears of an error that is none of a machine, such as a codec's own. */
  readonly onFailure: (error: unknown) => void;
}

async function makeTrial(
  plan: TrialPlan,
  { source, pool, deadline, verifiedContents, onFailure }: Shared,
): Promise<TrialOutcome> {
  try {
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
    const workload = openWorkload(plan, parts, {
      pool,
      schema: source.schema,
      content,
      verifiedContents,
    });
    const setupSeconds = loaded - loadStart + (secondsSinceStart() - openStart);
    if (plan.prepareOnly) {
      for (const _ of workload.repetition());
      workload.finish();
      return { status: "prepared" };
    }
    const measure = await measureWorkload(workload, setupSeconds, deadline);
    const studied = workload instanceof Writing ? await study(workload, plan, source) : {};
    workload.finish();
    return { status: "ok", measure: { ...measure, ...studied }, digest: workload.digest };
  } catch (error) {
    if (error instanceof DiskFullError) return { status: "fatal", reason: error.message };
    if (error instanceof UnavailableError) return { status: "unavailable", reason: error.message };
    onFailure(error);
    return { status: "failed", reason: firstLine(error) };
  }
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

interface Opening extends Pick<Shared, "pool" | "verifiedContents"> {
  readonly schema: JsonSchema | undefined;
  /** What is read; not there for a write. */
  readonly content: FileContent | undefined;
}

function openWorkload(
  { scenario, file, fields, verifiedDigest, batchBytes, slowing, delays }: TrialPlan,
  parts: Parts,
  { pool, schema, content, verifiedContents }: Opening,
): Workload {
  const { direction } = scenario;
  if (content !== undefined) {
    return new Reading({
      ...{ parts, pool, schema, direction, fields, content, verifiedContents },
      ...(verifiedDigest !== null && { verifiedDigest }),
    });
  }
  return new Writing({
    parts,
    pool,
    schema,
    compresses: scenario.compressor !== "none",
    file,
    sync: scenario.sync ?? "none",
    ...(batchBytes !== undefined && { batchBytes }),
    slowing,
    delays,
    verifiedContents,
    ...(verifiedDigest !== null && { verifiedDigest }),
  });
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
  const codec = writing.codec.open(schema === undefined ? {} : { schema });
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
