import { join } from "node:path";
import type { Codec } from "../core/codec.js";
import { UnavailableError } from "../core/errors.js";
import { formatPath, type Fact } from "../core/fact.js";
import type { Sync } from "../core/sink.js";
import { dataFileName } from "../pipeline/data-file.js";
import { loadCompressor, type CompressorChoice } from "../pipeline/parts.js";
import { loadPlugin } from "../plugins/catalog.js";
import type { Direction, ResultDocument, ScenarioResult } from "../results/document.js";
import { RESULTS_FORMAT, RESULTS_VERSION } from "../results/version.js";
import { secondsSinceStart } from "./clock.js";
import { environmentFingerprint } from "./environment.js";
import { planMatrix, type LoadedCodec, type PlannedScenario } from "./matrix.js";
import { openPayload } from "./payload.js";
import { collectPool, poolWarning, someFields, type PoolSize } from "./pool.js";
import { runSchedule, type Progress, type ScenarioPlan, type ScheduleResult } from "./schedule.js";
import { spawnTrial } from "./spawn-trial.js";
import { withoutFigures } from "./summarise.js";
import type { PayloadPlan } from "./trial.js";
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
  readonly sink: "file" | "null";
  readonly sync: Sync;
  readonly seed: number;
  /** A user's file, or `null` for the generator. */
  readonly input: string | null;
  /** Facts in the pool, or `null` for enough to outgrow the caches. */
  readonly facts: number | null;
  readonly trials: number;
  readonly budgetSeconds: number;
  /** Relative half-width of an interval at which a scenario is done. */
  readonly precision: number;
  /** Where data files go. */
  readonly runFolder: string;
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

/**
 * Compares codecs: codecs × compressors × directions, each measured by trials in fresh processes.
 *
 * Rejects with an `InputError` if a name or the input is wrong. What goes wrong with one codec is
 * in that codec's scenarios; the rest goes on.
 */
export async function compareCodecs(
  options: ComparisonOptions,
  hooks: ComparisonHooks,
): Promise<Comparison> {
  const createdAt = new Date().toISOString();
  const payload: PayloadPlan =
    options.input === null
      ? { kind: "generator", seed: options.seed }
      : { kind: "file", path: options.input };
  const source = await openPayload(payload);
  const codecs = await Promise.all(options.codecs.map(loadCodec));
  const compressors = await Promise.all(options.compressors.map(loadCompressor));
  const pool = await collectPool(source, options.facts);

  const fields = source.fields ?? someFields(pool.facts[0] as Fact);
  const planned = planMatrix({
    ...options,
    codecs,
    compressors,
    hasSchema: source.schema !== undefined,
  });
  const { scenarios, stopped } = await measureAll(planned, compressors, options, hooks, {
    payload,
    poolSize: pool.size,
    fields,
  });
  const warning = poolWarning(pool.size);
  const environment = environmentFingerprint(librariesOf(codecs));
  return {
    stopped,
    document: {
      format: RESULTS_FORMAT,
      version: RESULTS_VERSION,
      createdAt,
      complete: stopped === undefined,
      warnings: [
        ...(warning === undefined ? [] : [warning]),
        ...(environment.runtimeFlags.length === 0
          ? []
          : [`run with ${environment.runtimeFlags.join(" ")}: not V8's default behaviour`]),
      ],
      environment,
      configuration: {
        ...configurationOf(options),
        compressors: compressors.map(({ text }) => text),
        fields: fields.map(formatPath),
      },
      payload: describePayload(source.name, pool.size),
      scenarios,
    },
  };
}

/** A codec that does not load takes only its own rows with it. */
async function loadCodec(name: string): Promise<LoadedCodec> {
  try {
    return { name, codec: await loadPlugin("codecs", name) };
  } catch (error) {
    if (error instanceof UnavailableError) return { name, unavailable: error.message };
    throw error;
  }
}

function describePayload(
  source: string,
  { facts, jsonBytes }: PoolSize,
): ResultDocument["payload"] {
  return { source, facts, jsonBytes, jsonBytesPerFact: jsonBytes / facts };
}

async function measureAll(
  planned: readonly PlannedScenario[],
  compressors: readonly CompressorChoice[],
  options: ComparisonOptions,
  hooks: ComparisonHooks,
  common: Pick<ScenarioPlan, "payload" | "poolSize" | "fields">,
): Promise<ScheduleResult> {
  const planFor = (entry: Extract<PlannedScenario, { codec: Codec }>): ScenarioPlan => {
    const { scenario, codec } = entry;
    const choice = compressors.find(({ text }) => text === scenario.compressor) as CompressorChoice;
    const writer = { name: codec.writtenBy ?? codec.name, fileExtension: codec.fileExtension };
    const file = join(options.runFolder, dataFileName(writer, choice));
    return { scenario, ...common, file: scenario.sink === "file" ? file : null };
  };
  const plans = planned.filter((entry) => "codec" in entry).map(planFor);
  const result = await runSchedule({
    ...options,
    plans,
    preparations: preparationsFor(plans, planned, options.sync),
    leastRounds: options.trials,
    runTrial: spawnTrial,
    now: secondsSinceStart,
    ...hooks,
  });
  for (const { file } of plans) if (file !== null) clearUnfinished(file);
  const measured = new Map(plans.map((plan, index) => [plan.scenario, result.scenarios[index]]));
  const scenarios = planned.map((entry): ScenarioResult =>
    "without" in entry
      ? withoutFigures(entry.scenario, entry.without)
      : (measured.get(entry.scenario) as ScenarioResult),
  );
  return { scenarios, stopped: result.stopped };
}

/** Writes for the files that will be read and that nothing in the comparison writes. */
function preparationsFor(
  plans: readonly ScenarioPlan[],
  planned: readonly PlannedScenario[],
  sync: Sync,
): ScenarioPlan[] {
  const present = new Set<string | null>([null]);
  for (const { scenario, file } of plans) if (scenario.direction === "write") present.add(file);
  const preparations: ScenarioPlan[] = [];
  for (const plan of plans) {
    if (present.has(plan.file)) continue;
    present.add(plan.file);
    const entry = planned.find(({ scenario }) => scenario === plan.scenario);
    const writtenBy = entry !== undefined && "codec" in entry ? entry.codec.writtenBy : undefined;
    const codec = writtenBy ?? plan.scenario.codec;
    const scenario = { ...plan.scenario, codec, engine: null, direction: "write", sync } as const;
    preparations.push({ ...plan, scenario });
  }
  return preparations;
}

function librariesOf(codecs: readonly LoadedCodec[]): string[] {
  const names = codecs.flatMap((loaded) => ("codec" in loaded ? [loaded.codec.library] : []));
  return [...new Set([...names.filter((name) => name !== null), "zlib-sync"])];
}

function configurationOf(
  options: ComparisonOptions,
): Omit<ResultDocument["configuration"], "fields" | "compressors"> {
  return {
    command: [...options.command],
    codecs: [...options.codecs],
    directions: [...options.directions],
    engines: [...options.engines],
    sink: options.sink,
    sync: options.sync,
    seed: options.seed,
    input: options.input,
    trials: options.trials,
    budgetSeconds: options.budgetSeconds,
    precision: options.precision,
  };
}
