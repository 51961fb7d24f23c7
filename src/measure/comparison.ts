import { join } from "node:path";
import type { Profile } from "../../generators/profile.js";
import { InputError, UnavailableError } from "../core/errors.js";
import { formatPath, type Fact } from "../core/fact.js";
import type { Sync } from "../core/sink.js";
import { loadCompressor, type CompressorChoice } from "../pipeline/parts.js";
import { loadCodec, type CodecChoice } from "../plugins/load-codec.js";
import { writeWhole } from "../sinks/file.js";
import { fileSource } from "../sources/file.js";
import type {
  Direction,
  EnvironmentFingerprint,
  ResultDocument,
  ScenarioResult,
} from "../results/document.js";
import { RESULTS_FORMAT, RESULTS_VERSION } from "../results/version.js";
import { secondsSinceStart } from "./clock.js";
import { environmentFingerprint } from "./environment.js";
import { checkedCodec } from "./own-codec.js";
import { planMatrix, type LoadedCodec, type PlannedScenario } from "./matrix.js";
import { openPayload } from "./payload.js";
import { carriedInProtobuf, givenSchema, inferredSchema } from "./payload-schema.js";
import { preparationPlans, scenarioPlans, type CommonPlan } from "./plans.js";
import { collectPool, poolWarning, someFields, type PoolSize } from "./pool.js";
import { runSchedule, type Progress, type ScheduleResult } from "./schedule.js";
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
  /** The world whose facts the generator makes. */
  readonly profile: Profile;
  /** A user's file, or `null` for the generator. */
  readonly input: string | null;
  /** A file with the JSON Schema of the user's facts, or `null` to infer one. */
  readonly schema: string | null;
  /** Facts in the pool, or `null` for enough to outgrow the caches. */
  readonly facts: number | null;
  readonly trials: number;
  readonly budgetSeconds: number;
  /** Relative half-width of an interval at which a scenario is done. */
  readonly precision: number;
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
  /** npm packages whose versions belong into the record. */
  readonly libraries: readonly string[];
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
  const codecs = await Promise.all(chosen.map(loadChosen));
  const choices = await Promise.all(options.compressors.map(loadCompressor));
  // gzip and gzip:6 are the same
  const compressors = [...new Map(choices.map((choice) => [choice.text, choice])).values()];
  const { payload, sourceName, pool, fields, schemaOrigin } = await choosePayload(options);
  return {
    options,
    planned: planMatrix({ ...options, codecs, compressors, hasSchema: true }),
    compressors,
    common: { payload, codecFiles: filesOf(chosen), poolSize: pool.size, fields },
    sourceName,
    schemaOrigin,
    libraries: librariesOf(codecs),
  };
}

/** The facts to measure with, and the schema that codecs which need one are given. */
async function choosePayload(options: ComparisonOptions) {
  const { input, seed, profile } = options;
  if (input === null) {
    const payload: PayloadPlan = { kind: "generator", seed, profile };
    const source = await openPayload(payload);
    const pool = await collectPool(source, options.facts);
    const { name: sourceName, fields = [] } = source;
    return { payload, sourceName, pool, fields, schemaOrigin: null };
  }
  const given = options.schema === null ? undefined : await givenSchema(options.schema);
  const pool = await collectPool(fileSource(input, given?.check), options.facts);
  const { schema, origin } = given ?? inferredSchema(pool);
  const payload: PayloadPlan = { kind: "file", path: input, schema };
  const fields = someFields(pool.facts[0] as Fact);
  return { payload, sourceName: input, pool, fields, schemaOrigin: origin };
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
  if (common.payload.kind === "file") {
    const text = `${JSON.stringify(common.payload.schema, null, 2)}\n`;
    writeWhole(join(runFolder, "schema.json"), Buffer.from(text), "none");
  }
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
  const environment = environmentFingerprint(prepared.libraries);
  return {
    stopped: result.stopped,
    document: {
      format: RESULTS_FORMAT,
      version: RESULTS_VERSION,
      createdAt,
      complete: result.stopped === undefined,
      warnings: warningsOf(common.poolSize, environment),
      environment,
      configuration: configurationOf(prepared),
      payload: {
        source: prepared.sourceName,
        ...common.poolSize,
        jsonBytesPerFact: common.poolSize.jsonBytes / common.poolSize.facts,
        ...schemaOf(prepared),
      },
      scenarios: planned.map((entry) =>
        "without" in entry
          ? withoutFigures(entry.scenario, entry.without)
          : (measured.get(entry.scenario) as ScenarioResult),
      ),
    },
  };
}

/** What is to be said of the schema of a user's facts. */
function schemaOf({ schemaOrigin, common: { payload }, options }: PreparedComparison) {
  if (schemaOrigin === null || payload.kind !== "file") return {};
  const carried = options.codecs.includes("protobuf") ? carriedInProtobuf(payload.schema) : [];
  return { schema: { origin: schemaOrigin, carried } };
}

/** A codec that does not load takes only its own rows with it. */
async function loadChosen(choice: CodecChoice): Promise<LoadedCodec> {
  const { codec: name } = choice;
  try {
    return { name, codec: await loadCodec(choice) };
  } catch (error) {
    if (error instanceof UnavailableError) return { name, unavailable: error.message };
    throw error;
  }
}

function filesOf(chosen: readonly CodecChoice[]): Record<string, string> {
  return Object.fromEntries(
    chosen.flatMap(({ codec, codecFile }) => (codecFile === undefined ? [] : [[codec, codecFile]])),
  );
}

/** Rules of measuring that are broken, and what that does to the figures. */
function warningsOf(size: PoolSize, { runtimeFlags }: EnvironmentFingerprint): string[] {
  const small = poolWarning(size);
  const flags = `run with ${runtimeFlags.join(" ")}: not V8's default behaviour`;
  return [...(small === undefined ? [] : [small]), ...(runtimeFlags.length === 0 ? [] : [flags])];
}

function librariesOf(codecs: readonly LoadedCodec[]): string[] {
  const names = codecs.flatMap((loaded) => ("codec" in loaded ? [loaded.codec.npmPackage] : []));
  return [...new Set([...names.filter((name) => name !== null), "zlib-sync"])];
}

function configurationOf({
  options,
  compressors,
  common,
}: PreparedComparison): ResultDocument["configuration"] {
  const { command, codecs, directions, engines, sink, sync, seed, profile, input } = options;
  const { trials, budgetSeconds, precision } = options;
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
    fields: common.fields.map(formatPath),
    trials,
    budgetSeconds,
    precision,
  };
}
