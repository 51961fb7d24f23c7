/** The public API of hellfact. */
export type { ByteWriter } from "./core/byte-writer.js";
export type {
  Ability,
  Codec,
  CodecOptions,
  Loss,
  OpenCodec,
  OpenColumnarCodec,
  OpenRowCodec,
  Refusal,
} from "./core/codec.js";
export type {
  CompressStream,
  Compressor,
  CompressorOptions,
  CompressionUnit,
  OpenCompressor,
} from "./core/compressor.js";
export {
  DataError,
  DiskFullError,
  HellfactError,
  InputError,
  UnavailableError,
} from "./core/errors.js";
export type { Path } from "./core/fact.js";
export type { Container, ContainerBatch, ContainerFile } from "./core/container.js";
export type { Framing } from "./core/framing.js";
export type { Sink, Sync } from "./core/sink.js";
export type { Source } from "./core/source.js";
export { compare, CompareResult, type CompareOptions } from "./studies/compare/library.js";
export { gate, GateResult, type GateOptions } from "./studies/gate/library.js";
export { infer, InferResult, type InferOptions } from "./studies/infer/library.js";
export { run, RunResult, type RunOptions } from "./studies/run/library.js";
export { size, SizeResult, type SizeOptions } from "./studies/size/library.js";
export type { Measuring, ProgressEvent } from "./library/measuring.js";
export type { PluginName, PluginObject } from "./library/plugin.js";
export type { StudyResult } from "./library/result.js";
export {
  prepareComparison,
  runComparison,
  type Comparison,
  type ComparisonHooks,
  type ComparisonOptions,
  type PreparedComparison,
} from "./studies/compare/comparison.js";
export { csvReport } from "./studies/compare/report/csv.js";
export { markdownReport } from "./studies/compare/report/markdown.js";
export { textReport } from "./studies/compare/report/text.js";
export type { ResultDocument } from "./studies/compare/document.js";
export type { ScenarioResult, TrialResult } from "./trial/result.js";
export { checkedCodec } from "./codec-contract/own-codec.js";
export type { CodecChoice } from "./plugins/load-codec.js";
export { loadResults } from "./studies/compare/load.js";
export { makeRunFolder, saveDocument } from "./results/save.js";
export * from "./schema/index.js";
export { fileSource } from "./sources/file.js";
export type { Runtime } from "./runtimes/runtime.js";
export { generatorSource, type GeneratorOptions } from "./sources/generator.js";
export { hasManifest, readManifest, type Manifest } from "./pipeline/run/manifest.js";
export type { RunHooks, RunOutcome } from "./pipeline/run/outcome.js";
export { runPipeline } from "./pipeline/run/run.js";
export type { PartEntry, Run, RunPlan, SourcePlan } from "./pipeline/run/plan.js";
export { prepareRun } from "./pipeline/run/prepare.js";
export type { RunRequest } from "./pipeline/run/request.js";
export { verifyRun, type VerifyReport } from "./pipeline/run/verify.js";
export * from "../generators/index.js";
