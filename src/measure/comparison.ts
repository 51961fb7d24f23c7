import type { Profile } from "../../generators/profile.js";
import { formatPath, type Fact } from "../core/fact.js";
import type { Sync } from "../core/sink.js";
import type { Delays } from "../pipeline/injection.js";
import type { Slowing } from "../sinks/slowed.js";
import { loadCompressor, type CompressorChoice } from "../pipeline/parts.js";
import type { Runtime } from "../runtimes/runtime.js";
import type {
  Direction,
  EnvironmentFingerprint,
  ResultDocument,
  ScenarioResult,
} from "../results/document.js";
import { RESULTS_FORMAT, RESULTS_VERSION } from "../results/version.js";
import { secondsSinceStart } from "./clock.js";
import { environmentFingerprint, environmentUnder } from "./environment.js";
import type { PlannedScenario } from "./matrix.js";
import { openPayload } from "./payload.js";
import { preparationPlans, scenarioPlans, type CommonPlan } from "./plans.js";
import { collectPool, poolWarning, someFields, type PoolSize } from "./pool.js";
import { planUnder } from "./plan-runtimes.js";
import { runSchedule, type Progress, type ScheduleResult } from "./schedule.js";
import { spawnTrial } from "./spawn-trial.js";
import { withoutFigures } from "./summarise.js";
import type { PayloadPlan, Study } from "./trial.js";
import { withCausalEffects } from "./causal-effects.js";
import { withVerdicts } from "./verdicts.js";
import { clearUnfinished } from "./writing.js";

/** A comparison, validated and complete. */
export interface ComparisonOptions {
  readonly codecs: readonly string[];
  /** `none`, `gzip`, `gzip:9` */
  readonly compressors: readonly string[];
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
  readonly seed: number;
  /** The world whose facts the generator makes. */
  readonly profile: Profile;
  /** A user's file, or `null` for the generator. */
  readonly input: string | null;
  /** Facts in the pool, or `null` for enough to outgrow the caches. */
  readonly facts: number | null;
  readonly trials: number;
  readonly budgetSeconds: number;
  /** Relative half-width of an interval at which a scenario is done. */
  readonly precision: number;
  /** How the sink is held back, and what is injected, when writing. */
  readonly slowing: Slowing;
  readonly delays: Delays;
  /** What is found out about writes beside their rates. */
  readonly study: Study;
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
  /** npm packages whose versions belong into the record. */
  readonly libraries: readonly string[];
  /** What was wrong already when it was planned. */
  readonly warnings: readonly string[];
}

/**
 * Loads what is named and reads the input, so that whatever is wrong with them is known before
 * anything is measured or written.
 *
 * Rejects with an `InputError` if a name or the input is wrong. A codec that does not load is in
 * its own scenarios, as unavailable.
 */
export async function prepareComparison(options: ComparisonOptions): Promise<PreparedComparison> {
  const payload: PayloadPlan =
    options.input === null
      ? { kind: "generator", seed: options.seed, profile: options.profile }
      : { kind: "file", path: options.input };
  const source = await openPayload(payload);
  const choices = await Promise.all(options.compressors.map(loadCompressor));
  // gzip and gzip:6 are the same
  const compressors = [...new Map(choices.map((choice) => [choice.text, choice])).values()];
  const pool = await collectPool(source, options.facts);
  const fields = source.fields ?? someFields(pool.facts[0] as Fact);
  const hasSchema = source.schema !== undefined;
  const { planned, libraries, warnings } = await planUnder(
    { ...options, compressors, hasSchema },
    { codecs: options.codecs, payload, poolSize: pool.size },
  );
  return {
    options,
    planned,
    compressors,
    common: {
      ...{ payload, poolSize: pool.size, fields },
      ...{ slowing: options.slowing, delays: options.delays, study: options.study },
      runtimes: options.runtimes,
    },
    sourceName: source.name,
    libraries,
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
  const { options, planned, compressors, common } = prepared;
  const createdAt = new Date().toISOString();
  const measurable = planned.filter((entry) => "codec" in entry);
  const plans = scenarioPlans(measurable, compressors, common, runFolder);
  const result = await runSchedule({
    ...options,
    plans,
    preparations: preparationPlans(measurable, plans, options.sync),
    leastRounds: options.trials,
    runTrial: spawnTrial,
    now: secondsSinceStart,
    ...hooks,
  });
  for (const { file } of plans) if (file !== null) clearUnfinished(file);

  const measured = new Map(plans.map(({ scenario }, index) => [scenario, result.scenarios[index]]));
  const environment = environmentUnder(
    environmentFingerprint(prepared.libraries),
    prepared.options.runtimes,
  );
  const warnings = [...prepared.warnings, ...warningsOf(common.poolSize, environment)];
  const scenarios = planned.map((entry) =>
    "without" in entry
      ? withoutFigures(entry.scenario, entry.without)
      : (measured.get(entry.scenario) as ScenarioResult),
  );
  return {
    stopped: result.stopped,
    document: {
      format: RESULTS_FORMAT,
      version: RESULTS_VERSION,
      createdAt,
      complete: result.stopped === undefined,
      warnings,
      environment,
      configuration: configurationOf(prepared),
      payload: {
        source: prepared.sourceName,
        ...common.poolSize,
        jsonBytesPerFact: common.poolSize.jsonBytes / common.poolSize.facts,
      },
      scenarios: withCausalEffects(withVerdicts(scenarios, warnings)),
    },
  };
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
  const { command, codecs, directions, engines, sink, sync, seed, profile, input } = options;
  const { trials, budgetSeconds, precision, slowing, delays } = options;
  const isSlowed = slowing.bytesPerSecond !== null || slowing.latencySeconds > 0;
  const isDelayed = delays.encodeSeconds > 0 || delays.sinkSeconds > 0;
  return {
    command: [...command],
    codecs: [...codecs],
    compressors: compressors.map(({ text }) => text),
    directions: [...directions],
    engines: [...engines],
    sink,
    sync,
    seed,
    ...(input === null && { profile: { ...profile } }),
    input,
    ...(isSlowed && { slowing: { ...slowing } }),
    ...(isDelayed && { delays: { ...delays } }),
    fields: common.fields.map(formatPath),
    trials,
    budgetSeconds,
    precision,
  };
}
