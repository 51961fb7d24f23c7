import { median } from "simple-statistics";
import type { ResultDocument, SweepDocument } from "../../compare/document.js";
import type { Direction, ScenarioResult, TrialResult } from "../../../trial/result.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import { medianInterval, type MedianInterval } from "../../../stats/median-interval.js";
import { betweenDuplications } from "./duplication.js";
import {
  choiceOf,
  DELAYED,
  unknownInterval,
  type Measured,
  type MeasuredCodec,
  type UnsizedCodec,
} from "./measured.js";

/** The size of the facts that a calibration encodes: that of generated facts, if nothing else is said. */
const REFERENCE_FACT_BYTES = 40_000;

/** What a comparison says of each codec × compressor that it wrote. */
export function fromComparison(document: ResultDocument): Measured {
  const { environment, payload, scenarios } = document;
  const jsonBytes = payload.jsonBytesPerFact > 0 ? payload.jsonBytesPerFact : null;
  const wasDelayed = document.configuration.delays !== undefined;
  const codecs: MeasuredCodec[] = [];
  const unsized: UnsizedCodec[] = [];
  for (const scenario of scenarios.filter(({ direction }) => direction === "write")) {
    const choice = choiceOf(scenario);
    const reason = wasDelayed ? DELAYED : whyUnsized(scenario);
    if (reason !== undefined) {
      unsized.push({ ...choice, reason });
      continue;
    }
    const write = cpuSecondsOf(scenario);
    const reading = readingOf(scenario, scenarios);
    const read = reading === undefined ? null : cpuSecondsOf(reading);
    codecs.push({
      ...choice,
      write,
      read,
      cost: {
        writeCpuSeconds: write.median,
        readCpuSeconds: read?.median ?? null,
        storedBytes: scenario.storedBytesPerFact,
        jsonBytes,
        workerMemoryBytes: memoryOf(scenario),
      },
      encodedBytesPerFact: scenario.encodedBytesPerFact,
      verdict: scenario.verdict?.kind ?? null,
    });
  }
  return {
    cpuModel: environment.cpuModel,
    architecture: environment.architecture,
    node: environment.node,
    measuredAt: document.createdAt,
    source: payload.source,
    jsonBytesPerFact: jsonBytes,
    duplication: document.configuration.profile?.duplication ?? null,
    cpuFrom: "counters",
    runtimes: runtimesIn(scenarios),
    codecs,
    unsized,
    ...(payload.schema?.unsure !== undefined && { schemaUnsure: payload.schema.unsure }),
    referenceSeconds: referenceSecondsOf(document),
  };
}

/** What a sweep of duplications says of each choice at another one. */
export function fromDuplications(document: SweepDocument, duplication: number): Measured {
  const points = document.sweep.points.map(({ value, payload }) => ({
    duplication: value,
    measured: fromComparison({
      ...document,
      payload,
      scenarios: document.scenarios.filter(({ sweepValue }) => sweepValue === value),
    }),
  }));
  return betweenDuplications(points, duplication);
}

/** Why a scenario says nothing that machines could be counted from, or `undefined`. */
function whyUnsized(scenario: ScenarioResult): string | undefined {
  if (scenario.status !== "ok") return scenario.reason ?? scenario.status;
  if (scenario.verdict?.kind === "source-bound") {
    return "source-bound: making facts was in the way, so its own rate is not known";
  }
  const { cpuSecondsPerMillionFacts, trials } = scenario;
  if (trials.length === 0 && cpuSecondsPerMillionFacts === null) {
    return "only ratios or rates: no CPU-seconds were counted";
  }
  const { median: perFact } = cpuSecondsOf(scenario);
  return Number.isFinite(perFact) && perFact > 0
    ? undefined
    : "its trials counted no CPU-seconds, or no facts";
}

/**
 * CPU-seconds for a fact, user and system, over the trials' windows. Not one over the rate: that
 * would count waiting for the disk as work, and work in other threads as none.
 */
function cpuSecondsOf({ trials, cpuSecondsPerMillionFacts }: ScenarioResult): MedianInterval {
  return trials.length === 0
    ? unknownInterval((cpuSecondsPerMillionFacts ?? 0) / 1e6)
    : medianInterval(trials.map(cpuSecondsPerFact));
}

function cpuSecondsPerFact({ counters, facts }: TrialResult): number {
  return (counters.userSeconds + counters.systemSeconds) / facts;
}

/** How what a scenario writes is read, by the first engine that was measured. */
function readingOf(
  written: ScenarioResult,
  scenarios: readonly ScenarioResult[],
): ScenarioResult | undefined {
  const find = (codec: string, direction: Direction) =>
    scenarios.find(
      (other) =>
        other.codec === codec &&
        other.compressor === written.compressor &&
        other.runtime === written.runtime &&
        other.direction === direction,
    );
  const own = find(written.codec, "read");
  const reading = own?.sameAs == null ? own : find(own.sameAs, "read");
  return reading !== undefined && whyUnsized(reading) === undefined ? reading : undefined;
}

function memoryOf({ trials }: ScenarioResult): number | null {
  return trials.length === 0
    ? null
    : median(trials.map(({ counters }) => counters.peakMemoryBytes));
}

/** The calibration's own scenario, if this comparison measured it on the same facts. */
function referenceSecondsOf({ configuration, scenarios }: ResultDocument): number | null {
  const { input, profile } = configuration;
  if (input !== null || (profile?.factBytes ?? REFERENCE_FACT_BYTES) !== REFERENCE_FACT_BYTES)
    return null;
  const reference = scenarios.find(
    ({ codec, compressor, direction, status }) =>
      codec === "json" && compressor === "none" && direction === "write" && status === "ok",
  );
  if (reference === undefined || reference.trials.length === 0) return null;
  return median(reference.trials.map(({ counters, facts }) => counters.userSeconds / facts));
}
