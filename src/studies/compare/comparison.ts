/**
 * Which codec is fastest, which is smallest: how a comparison is made.
 *
 * It is prepared first (`prepareComparison`): what is named is loaded, the input is read. `plan/matrix.ts`
 * plans every combination, and `trial/schedule/schedule.ts` makes rounds of trials over it, each in a process of its
 * own (`trial/spawn-trial.ts`), of this runtime or of one that `--runtime` names. What loads in another
 * runtime only a process of that runtime is asked (`runtimes/probe.ts`). The process (`trial/make-trial.ts`)
 * makes the pool of facts, opens workloads (`trial/writing.ts`, `trial/reading.ts`), checks them, warms them
 * up (`trial/warm-up.ts`), holds until no other gets ready, and measures them (`trial/measurement.ts`) over whole
 * repetitions, each of a whole number of passes over the pool, so that every measurement has the same facts in it. The trials of a scenario become an interval
 * (`trial/summarise.ts`), and with `--verdict` their ceilings become a verdict (`verdicts.ts`).
 *
 * A sweep (`sweep/sweep.ts`) prepares a comparison for each value and gives the work of all of them to one
 * schedule (`plan/work.ts`), so that their trials share rounds.
 */
import type { CompressionUnit } from "../../core/compressor.js";
import { InputError } from "../../core/errors.js";
import { formatPath } from "../../core/fact.js";
import type { Sync } from "../../core/sink.js";
import { isDelayed, type Delays } from "../../pipeline/injection.js";
import { isSlowed, type Slowing } from "../../sinks/slowed.js";
import type { CompressorChoice } from "../../plugins/load-compressor.js";
import type { ResultDocument } from "./document.js";
import type { EnvironmentFingerprint } from "../../results/environment.js";
import type { Direction } from "../../trial/result.js";
import { begun } from "../../results/document-type.js";
import type { Runtime } from "../../runtimes/runtime.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { environmentUnder } from "../../runtimes/environment.js";
import type { PlannedScenario } from "./plan/matrix.js";
import { checkedCodec } from "../../contracts/codec/own-codec.js";
import { checkedCompressor } from "../../contracts/compressor/own-compressor.js";
import { choosePayload, type PayloadWishes } from "../../payload/payload-choice.js";
import { carriedInProtobuf, saveSchema } from "../../payload/payload-schema.js";
import { planUnder, withCodecNames } from "./plan/plan-runtimes.js";
import type { CommonPlan, StudyChoice } from "./plan/plans.js";
import { poolWarning, type PoolSize } from "../../payload/pool.js";
import type { Progress, ScheduleResult } from "../../trial/schedule/options.js";
import { withCausalEffects } from "./causal-effects.js";
import type { Input } from "../../payload/input-reading.js";
import { readingCost } from "./reading-cost.js";
import { withVerdicts } from "./verdicts.js";
import { secondsToMeasure, withinBudget } from "./plan/budget.js";
import { fitting, leftOutWarning, spareIn } from "./plan/spare.js";
import type { Spare } from "../../trial/schedule/spare.js";
import { compressorFiles, filesOf } from "./plan/own-files.js";
import { measureWork, workIn } from "./plan/work.js";

/** A comparison, validated and complete. */
export interface ComparisonOptions extends PayloadWishes {
  readonly codecs: readonly string[];
  /** `none`, `gzip`, `gzip:9` */
  readonly compressors: readonly string[];
  /** Those of them that nobody asked for: left out where there is no time for intervals of all. */
  readonly spareCompressors?: readonly string[];
  /** What is compressed as one. */
  readonly unit: CompressionUnit;
  /** Empty for the default choice. */
  readonly directions: readonly Direction[];
  /** Engines to read compressed files with; empty for the default choice. */
  readonly engines: readonly string[];
  /** Runtimes to compare; empty for the one that runs this. */
  readonly runtimes: readonly Runtime[];
  /** What was asked for and is not to be had, for the record. */
  readonly problems?: readonly string[];
  readonly sink: "file" | "null";
  readonly sync: Sync;
  readonly trials: number;
  readonly budgetSeconds: number;
  /**
   * When the budget's clock began to run, by `performance.now()`. Where it is given, the budget is that of the
   * whole comparison and is kept: by fewer facts, and by leaving scenarios out.
   */
  readonly budgetBegan?: number;
  /** Whether no scenario is left out, whatever the budget. */
  readonly wholeRound?: boolean;
  /** Relative half-width of an interval at which a scenario is done. */
  readonly precision: number;
  /** How the sink is held back, and what is injected, when writing. */
  readonly slowing: Slowing;
  readonly delays: Delays;
  /** What is found out about writes beside their rates; `json`: ceilings, of JSON's writes alone. */
  readonly study: StudyChoice;
  /** The command line, for the record. */
  readonly command: readonly string[];
}

export interface ComparisonHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Comparison {
  readonly document: ResultDocument;
  readonly stopped: ScheduleResult["stopped"];
}

/** A comparison that has everything it needs but the time. */
export interface PreparedComparison {
  readonly options: ComparisonOptions;
  readonly planned: readonly PlannedScenario[];
  readonly compressors: readonly CompressorChoice[];
  readonly common: CommonPlan;
  readonly sourceName: string;
  /** Where the schema of a user's facts comes from, in a few words. */
  readonly schemaOrigin: string | null;
  /** Where that schema is unsure whether keys are data, in one line. */
  readonly schemaUnsure?: string;
  /** A user's files. */
  readonly input?: Input;
  /** npm packages whose versions belong into the record. */
  readonly libraries: readonly string[];
  /** What was wrong already when it was planned. */
  readonly warnings: readonly string[];
  /** What the budget is too small for, in a line; not there where it is enough. */
  readonly need?: string;
  /** What of it may be left out, and what was already. */
  readonly spare: readonly Spare[];
  readonly left: readonly Spare[];
}

/**
 * Loads what is named and reads the input, so that whatever is wrong with them is known before
 * anything is measured or written.
 *
 * Rejects with an `InputError` if a name or the input is wrong. A codec that does not load is in
 * its own scenarios, as unavailable.
 */
export async function prepareComparison(options: ComparisonOptions): Promise<PreparedComparison> {
  if (options.schema !== null && options.input === null) {
    throw new InputError("--schema is for facts of your own: give them with --input FILE.");
  }
  const chosen = await Promise.all(options.codecs.map(checkedCodec));
  const choices = await Promise.all(options.compressors.map(checkedCompressor));
  // gzip and gzip:6 are the same
  const compressors = [...new Map(choices.map((choice) => [choice.text, choice])).values()];
  const chosenPayload = await choosePayload(options);
  const { payload, sourceName, fields, schemaOrigin, schemaUnsure } = chosenPayload;
  const runtimes = withCodecNames(options.runtimes, options.codecs, chosen);
  const {
    planned: wanted,
    libraries,
    warnings,
  } = await planUnder(
    { ...options, runtimes, compressors, hasSchema: true },
    { codecs: chosen, payload, poolSize: chosenPayload.pool.size },
  );
  const whole: CommonPlan = {
    ...{ payload, codecFiles: filesOf(chosen), compressorFiles: compressorFiles(compressors) },
    ...{ poolSize: chosenPayload.pool.size, fields },
    ...{ slowing: options.slowing, delays: options.delays, study: options.study },
    runtimes,
  };
  const spare = spareIn(options, compressors);
  const { planned, reckoned, left } = fitting(wanted, spare, (some) =>
    withinBudget(
      workIn("", { planned: some, compressors, common: whole, options }).plans,
      chosenPayload,
      options,
    ),
  );
  const { poolSize, isRough, need } = reckoned;
  // What binds takes as many rounds as an interval does.
  const study = isRough && options.study === "json" ? "none" : options.study;
  return {
    options,
    planned,
    compressors: compressors.filter(({ text }) =>
      planned.some(({ scenario }) => scenario.compressor === text),
    ),
    common: { ...whole, poolSize, study },
    ...(need !== undefined && { need }),
    sourceName,
    schemaOrigin,
    ...(schemaUnsure !== undefined && { schemaUnsure }),
    ...(chosenPayload.input !== undefined && { input: chosenPayload.input }),
    libraries,
    spare: spare.filter((one) => !left.includes(one)),
    left,
    warnings: [...(options.problems ?? []), ...warnings],
  };
}

/**
 * Compares codecs: codecs × compressors × directions, each measured by trials in fresh processes.
 * What goes wrong with one codec is in that codec's scenarios; the rest goes on.
 *
 * @param runFolder where data files go; it must exist
 */
export async function runComparison(
  prepared: PreparedComparison,
  runFolder: string,
  hooks: ComparisonHooks,
): Promise<Comparison> {
  const start: Begun = { createdAt: new Date().toISOString(), startedAt: performance.now() };
  saveSchema(prepared.common.payload, runFolder);
  const work = workIn(runFolder, prepared);
  const reading = await readingCost(prepared, runFolder, hooks.signal);
  const budgetSeconds = secondsToMeasure(prepared.options);
  const result = await measureWork([work], {
    ...{ ...prepared.options, ...hooks, budgetSeconds, spare: prepared.spare },
  });
  const document = documentOf(prepared, start, result);
  const payload = { ...document.payload, ...(reading !== undefined && { reading }) };
  return { stopped: result.stopped, document: { ...document, payload } };
}

/** When a comparison began: by the calendar, and by this process's clock in milliseconds. */
export interface Begun {
  readonly createdAt: string;
  readonly startedAt: number;
}

/** The document of what was measured. */
export function documentOf(
  prepared: PreparedComparison,
  { createdAt, startedAt }: Begun,
  { scenarios, stopped, left }: ScheduleResult,
): ResultDocument {
  const { common } = prepared;
  const environment = environmentUnder(
    environmentFingerprint(prepared.libraries),
    common.runtimes ?? [],
  );
  const warnings = [
    ...leftOutWarning([...prepared.left, ...left], prepared.options.budgetSeconds),
    ...prepared.warnings,
    ...warningsOf(common.poolSize, environment),
  ];
  return {
    ...begun("compare", 2, createdAt),
    complete: stopped === undefined,
    warnings,
    elapsedSeconds: (performance.now() - startedAt) / 1000,
    environment,
    configuration: configurationOf(prepared),
    payload: payloadOf(prepared),
    scenarios: withCausalEffects(withVerdicts(scenarios, warnings)),
  };
}

/** What the facts of a comparison are. */
export function payloadOf(prepared: PreparedComparison): ResultDocument["payload"] {
  const { sourceName, common } = prepared;
  const { facts, jsonBytes } = common.poolSize;
  return {
    source: sourceName,
    ...{ facts, jsonBytes, jsonBytesPerFact: jsonBytes / facts },
    ...schemaOf(prepared),
  };
}

/** What is to be said of the schema of a user's facts. */
function schemaOf(prepared: PreparedComparison) {
  const { schemaOrigin, schemaUnsure, options } = prepared;
  const { payload } = prepared.common;
  if (schemaOrigin === null || payload.kind !== "file") return {};
  const carried = options.codecs.some((name) => name.startsWith("protobuf"))
    ? carriedInProtobuf(payload.schema)
    : [];
  const unsure = schemaUnsure === undefined ? {} : { unsure: schemaUnsure };
  return { schema: { origin: schemaOrigin, carried, ...unsure } };
}

/** Rules of measuring that are broken, and what that does to the figures. */
function warningsOf(size: PoolSize, { runtimeFlags }: EnvironmentFingerprint): string[] {
  const small = poolWarning(size);
  const flags = `run with ${runtimeFlags.join(" ")}: not V8's default behaviour`;
  return [...(small === undefined ? [] : [small]), ...(runtimeFlags.length === 0 ? [] : [flags])];
}

function configurationOf({
  options,
  compressors,
  common,
}: PreparedComparison): ResultDocument["configuration"] {
  const { command, codecs, unit, directions, engines, sink, sync, seed, profile, input } = options;
  const { trials, budgetSeconds, precision, slowing, delays } = options;
  return {
    command: [...command],
    codecs: [...codecs],
    compressors: compressors.map(({ text }) => text),
    unit,
    directions: [...directions],
    engines: [...engines],
    sink,
    sync,
    seed,
    ...(input === null && { profile: { ...profile } }),
    input: input === null ? null : input.join(" "),
    ...(isSlowed(slowing) && { slowing: { ...slowing } }),
    ...(isDelayed(delays) && { delays: { ...delays } }),
    fields: common.fields.map(formatPath),
    trials,
    budgetSeconds,
    precision,
  };
}
