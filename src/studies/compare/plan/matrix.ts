import type { LoadedCodec, PlannableCodec } from "../../../plugins/known-codec.js";
import type { Ability } from "../../../core/codec.js";
import type { CompressionUnit, DescribedCompressor } from "../../../core/compressor.js";
import type { Sync } from "../../../core/sink.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";
import { unitProblem } from "../../../pipeline/parts.js";
import type { Direction } from "../../../trial/result.js";
import type { Scenario, Without } from "../../../trial/scenario.js";

/** What to compare. */
export interface MatrixOptions {
  readonly codecs: readonly LoadedCodec[];
  readonly compressors: readonly CompressorChoice[];
  /** Empty for the default choice. */
  readonly directions: readonly Direction[];
  /** Which engines undo compression; empty for the default choice. */
  readonly engines: readonly string[];
  /** What is compressed as one. */
  readonly unit: CompressionUnit;
  readonly sink: "file" | "null";
  readonly sync: Sync;
  readonly hasSchema: boolean;
  /** The runtime that all this is for, where one was asked for. */
  readonly runtime?: string;
}

/** A scenario that will be measured, or one that will not and why. */
export type PlannedScenario =
  | { readonly scenario: Scenario; readonly codec: PlannableCodec }
  | { readonly scenario: Scenario; readonly without: Without };

const ABILITY: Record<Direction, Ability> = {
  write: "encode",
  read: "decode",
  project: "project",
  validate: "validate",
};

/** Every combination, in the order of a table: compressors, then codecs, then directions. */
export function planMatrix(options: MatrixOptions): PlannedScenario[] {
  return options.compressors.flatMap(({ text, compressor }) =>
    options.codecs.flatMap((codec) =>
      directionsFor(compressor, options).flatMap((direction) =>
        enginesFor(compressor, direction, codec.name, options).map((engine) =>
          planScenario(options, codec, compressor, {
            codec: codec.name,
            ...(options.runtime !== undefined && { runtime: options.runtime }),
            compressor: text,
            ...(options.unit !== "batch" && text !== "none" && { unit: options.unit }),
            engine,
            direction,
            sink: options.sink,
            sync: direction === "write" ? syncOf(options) : null,
          }),
        ),
      ),
    ),
  );
}

/**
 * The directions asked for. Without a wish, write and read everything, and project only what is not
 * compressed: a reader can skip fields, but nobody can skip inflating.
 */
function directionsFor(
  compressor: DescribedCompressor,
  { directions }: MatrixOptions,
): readonly Direction[] {
  if (directions.length > 0) return directions;
  return compressor.name === "none" ? ["write", "read", "project"] : ["write", "read"];
}

function syncOf({ sink, sync }: MatrixOptions): Sync {
  return sink === "null" ? "none" : sync;
}

/**
 * Which engines a codec's compressed files are read with: the ones asked for. Without a wish, the
 * default one for all, and every other beside it for `json` alone, which is enough to compare them.
 */
function enginesFor(
  compressor: DescribedCompressor,
  direction: Direction,
  codec: string,
  { engines }: MatrixOptions,
): (string | null)[] {
  if (direction === "write" || compressor.name === "none") return [null];
  const wanted = engines.filter((engine) => compressor.engines.includes(engine));
  if (wanted.length > 0) return wanted;
  return codec === "json" && direction === "read"
    ? [...compressor.engines]
    : [compressor.engines[0]];
}

function planScenario(
  { hasSchema, codecs, unit }: MatrixOptions,
  loaded: LoadedCodec,
  compressor: DescribedCompressor,
  scenario: Scenario,
): PlannedScenario {
  if ("unavailable" in loaded) {
    const reason = loaded.unavailable;
    return { scenario, without: { status: "unavailable", reason, sameAs: null } };
  }
  const { codec } = loaded;
  const unsupported = (reason: string, sameAs: string | null = null): PlannedScenario => ({
    scenario,
    without: { status: "unsupported", reason, sameAs },
  });
  const { direction } = scenario;
  if (!codec.abilities.includes(ABILITY[direction])) {
    const instead =
      codec.writtenBy === undefined ? "" : `; it reads what ${codec.writtenBy} writes`;
    return unsupported(`cannot ${direction}${direction === "write" ? instead : ""}`);
  }
  const problem = unitProblem(unit, codec, compressor);
  if (problem !== undefined) return unsupported(problem);
  if (codec.needsSchema && !hasSchema) return unsupported("needs a schema");
  const twin = codecs.find(({ name }) => name === codec.decodesAs);
  if (direction === "read" && codec.decodesAs !== undefined && twin !== undefined) {
    return unsupported(`reads as ${codec.decodesAs}`, codec.decodesAs);
  }
  return { scenario, codec };
}
