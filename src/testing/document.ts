import { DEFAULT_CODECS } from "../plugins/default-codecs.js";
import { planMatrix, type MatrixOptions } from "../studies/compare/plan/matrix.js";
import { summarise, withoutFigures } from "../trial/summarise.js";
import { loadCompressor } from "../plugins/load-compressor.js";
import { loadPlugin } from "../plugins/catalog.js";
import type { ResultDocument } from "../studies/compare/document.js";
import type { EnvironmentFingerprint } from "../results/environment.js";
import type { ScenarioResult, TrialCounters, TrialResult } from "../trial/result.js";
import { begun } from "../results/document-type.js";
import { seededUniform } from "../stats/random.js";

/** What a platform without any of them would count. */
export const NO_COUNTERS: TrialCounters = {
  userSeconds: 0,
  systemSeconds: 0,
  garbageCollectionSeconds: 0,
  garbageCollections: 0,
  runQueueSeconds: null,
  readBytes: null,
  writtenBytes: null,
  blockReadBytes: null,
  blockWrittenBytes: null,
  cpuPressureSeconds: null,
  ioPressureSeconds: null,
  memoryPressureSeconds: null,
  peakMemoryBytes: 1e8,
};

/** A machine that nobody has. */
export const IMAGINED_ENVIRONMENT: EnvironmentFingerprint = {
  toolVersion: "0.1.0",
  cpuModel: "Imagined 9000",
  cores: 2,
  cpuQuota: null,
  memoryBytes: 16e9,
  platform: "linux",
  kernel: "6.1",
  architecture: "x64",
  node: "20.20.2",
  v8: "11.3.244.8",
  runtimeFlags: [],
  libraries: { msgpackr: "2.1.3" },
};

/** What the default comparison plans. */
export async function defaultMatrix(): Promise<MatrixOptions> {
  return {
    codecs: await Promise.all(
      DEFAULT_CODECS.map(async (name) => ({
        name,
        codec: await loadPlugin("codecs", name),
      })),
    ),
    compressors: [await loadCompressor("none"), await loadCompressor("gzip")],
    directions: [],
    engines: [],
    unit: "batch",
    sink: "file",
    sync: "close",
    hasSchema: true,
  };
}

export interface Imagined {
  /** Facts per second of a scenario at its median. */
  readonly rate: (scenario: ScenarioResult) => number;
  /** How much trials of one scenario differ: 0.01 is ±0.5 %. */
  readonly noise: number;
  readonly trials?: number;
  readonly matrix?: Partial<MatrixOptions>;
}

/** A result document as a comparison would give it, if its trials had gone as imagined. */
export async function imaginedDocument(imagined: Imagined): Promise<ResultDocument> {
  const uniform = seededUniform(5);
  const matrix: MatrixOptions = { ...(await defaultMatrix()), ...imagined.matrix };
  const scenarios = planMatrix(matrix).map((entry): ScenarioResult => {
    const { scenario } = entry;
    if ("without" in entry) return withoutFigures(scenario, entry.without);
    const typical = imagined.rate(summarise(scenario, [trial(1, 1)], 0.02));
    const trials = Array.from({ length: imagined.trials ?? 5 }, (_, index) =>
      trial(index + 1, typical * (1 + imagined.noise * (uniform() - 0.5))),
    );
    return summarise(scenario, trials, 0.02);
  });
  return {
    ...begun("compare", 2, "2026-11-22T09:15:02.000Z"),
    complete: true,
    warnings: [],
    environment: IMAGINED_ENVIRONMENT,
    configuration: {
      command: ["hellfact", "bench"],
      codecs: matrix.codecs.map(({ name }) => name),
      compressors: matrix.compressors.map(({ text }) => text),
      directions: [...matrix.directions],
      engines: [...matrix.engines],
      sink: matrix.sink,
      sync: matrix.sync,
      seed: 42,
      input: null,
      fields: ["player.country"],
      trials: 5,
      budgetSeconds: 80,
      precision: 0.02,
    },
    payload: { source: "totalhelldeath", facts: 260, jsonBytes: 1e7, jsonBytesPerFact: 38_500 },
    scenarios,
  };
}

function trial(round: number, factsPerSecond: number): TrialResult {
  return {
    round,
    factsPerSecond,
    medianSampleFactsPerSecond: factsPerSecond,
    slowSampleFactsPerSecond: factsPerSecond,
    coldFactsPerSecond: factsPerSecond / 2,
    steady: true,
    facts: 260,
    wallSeconds: 260 / factsPerSecond,
    setupSeconds: 0.01,
    checkSeconds: 0.2,
    warmUpSeconds: 0.1,
    encodedBytesPerFact: 38_501,
    framingBytesPerFact: 1,
    storedBytesPerFact: 8_275,
    allocatedBytesPerFact: null,
    counters: {
      ...NO_COUNTERS,
      userSeconds: 250 / factsPerSecond,
      systemSeconds: 10 / factsPerSecond,
    },
    samples: [{ facts: 260, seconds: 260 / factsPerSecond }],
  };
}

/** The same scenarios under several runtimes, each of which takes so many times the processor time. */
export function underRuntimes(
  document: ResultDocument,
  runtimes: Readonly<Record<string, number>>,
): ResultDocument {
  const scenarios = Object.entries(runtimes).flatMap(([runtime, times]) =>
    document.scenarios.map((scenario) => ({
      ...scenario,
      runtime,
      trials: scenario.trials.map(({ counters, ...others }) => ({
        ...others,
        counters: {
          ...counters,
          userSeconds: counters.userSeconds * times,
          systemSeconds: counters.systemSeconds * times,
        },
      })),
    })),
  );
  return { ...document, scenarios };
}
