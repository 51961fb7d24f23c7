import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../core/errors.js";
import type { ResultDocument, SweepParameter } from "../document.js";
import {
  documentOf,
  type Begun,
  payloadOf,
  prepareComparison,
  type Comparison,
  type ComparisonHooks,
  type ComparisonOptions,
  type PreparedComparison,
} from "../comparison.js";
import type { Without } from "../../../trial/scenario.js";
import { saveSchema } from "../../../payload/payload-schema.js";
import type { ScheduleResult } from "../../../trial/schedule/options.js";
import { measureWork, workIn } from "../plan/work.js";

/** What is swept, and the values it takes, in the order in which they are shown. */
export interface SweepChoice {
  readonly parameter: SweepParameter;
  readonly values: readonly number[];
}

interface Point {
  readonly value: number;
  readonly prepared: PreparedComparison;
}

/** Batches of columnar codecs are cut by facts: there is no curve of their bytes. */
const FIXED_BATCHES: Without = {
  status: "unsupported",
  reason: "columns are made of a fixed number of facts, whatever a batch is",
  sameAs: null,
};

/** A sweep that has everything it needs but the time. */
export interface PreparedSweep {
  readonly parameter: SweepParameter;
  readonly points: readonly Point[];
  /** The comparison as it was asked for, before anything was swept. */
  readonly options: ComparisonOptions;
}

/**
 * Prepares a comparison for each value of what is swept. Rejects as `prepareComparison` does, and
 * with an `InputError` if the value belongs to something that is not there.
 */
export async function prepareSweep(
  options: ComparisonOptions,
  { parameter, values }: SweepChoice,
): Promise<PreparedSweep> {
  const points: Point[] = [];
  for (const value of values) {
    const prepared = await prepareComparison(optionsAt(value, parameter, options));
    points.push({ value, prepared: stamped(prepared, value, parameter) });
  }
  return { parameter, points, options };
}

/**
 * Measures all values of a sweep in common rounds: a curve whose points were measured one after
 * the other would also show what the machine did meanwhile.
 *
 * @param runFolder where the data files of each value get a folder; it must exist
 */
export async function runSweep(
  { parameter, points, options }: PreparedSweep,
  runFolder: string,
  hooks: ComparisonHooks,
): Promise<Comparison> {
  const begun = { createdAt: new Date().toISOString(), startedAt: performance.now() };
  const [first] = points;
  if (first !== undefined) saveSchema(first.prepared.common.payload, runFolder);
  const work = points.map(({ value, prepared }) => {
    const folder = join(runFolder, `${parameter}-${value}`);
    if (options.sink === "file") mkdirSync(folder);
    return workIn(folder, prepared);
  });
  const result = await measureWork(work, { ...options, ...hooks });
  return { stopped: result.stopped, document: sweepDocument(parameter, points, begun, result) };
}

/** The first point's document, with what holds for the others, too. */
function sweepDocument(
  parameter: SweepParameter,
  points: readonly Point[],
  begun: Begun,
  result: ScheduleResult,
): ResultDocument {
  const documents = points.map(({ prepared }) => documentOf(prepared, begun, result));
  const [first] = documents;
  if (first === undefined) throw new InputError("a sweep needs a value at least.");
  const compressors = documents.flatMap(({ configuration }) => configuration.compressors);
  return {
    ...first,
    warnings: [...new Set(documents.flatMap(({ warnings }) => warnings))],
    configuration: { ...first.configuration, compressors: [...new Set(compressors)] },
    sweep: {
      parameter,
      points: points.map(({ value, prepared }) => ({ value, payload: payloadOf(prepared) })),
    },
  };
}

function optionsAt(
  value: number,
  parameter: SweepParameter,
  options: ComparisonOptions,
): ComparisonOptions {
  const { profile, input } = options;
  switch (parameter) {
    case "fact-size":
    case "duplication": {
      if (input !== null) {
        throw new InputError(
          `--sweep ${parameter} is for generated facts: leave it out, or leave out --input.`,
        );
      }
      const field = parameter === "fact-size" ? "factBytes" : "duplication";
      return { ...options, profile: { ...profile, [field]: value } };
    }
    case "level":
      return { ...options, compressors: levelled(options.compressors, value) };
    case "batch":
      return options;
  }
}

/** The compressors that were named, at another level. */
function levelled(compressors: readonly string[], level: number): string[] {
  const names = compressors.map((text) => text.split(":", 1)[0] ?? "");
  const squeezing = names.filter((name) => name !== "none");
  if (squeezing.length === 0) {
    throw new InputError("--sweep level needs something that has levels, such as --compress gzip.");
  }
  return squeezing.map((name) => `${name}:${level}`);
}

/** A comparison whose scenarios say at which value they are measured. */
function stamped(
  prepared: PreparedComparison,
  value: number,
  parameter: SweepParameter,
): PreparedComparison {
  return {
    ...prepared,
    planned: prepared.planned.map((entry) => {
      const scenario = { ...entry.scenario, sweepValue: value };
      return parameter === "batch" && "codec" in entry && entry.codec.layout === "columnar"
        ? { scenario, without: FIXED_BATCHES }
        : { ...entry, scenario };
    }),
    common: {
      ...prepared.common,
      ...(parameter === "batch" && { batchBytes: value }),
    },
  };
}
