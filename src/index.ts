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
export { decompressAt, piecesOf, toPiece } from "./core/pieces.js";
export type { PartSink, Sink, SinkOptions, SinkPlugin, Sync } from "./core/sink.js";
export type { Source } from "./core/source.js";
export type {
  Activity,
  Column,
  ColumnType,
  Durability,
  LoadInput,
  LoadMethod,
  LookUpMethod,
  NullServer,
  OpenOptions as StoreOptions,
  OpenStore,
  PartKey,
  Replay,
  Row,
  Sent,
  Store,
  TableShape,
  Value,
} from "./core/store.js";
export { compare, CompareResult, type CompareOptions } from "./studies/compare/library.js";
export { gate, GateResult, type GateOptions } from "./studies/gate/library.js";
export { infer, InferResult, type InferOptions } from "./studies/infer/library.js";
export { load, LoadResult, type LoadOptions } from "./studies/load/library.js";
export { run, RunResult, type RunOptions } from "./studies/run/library.js";
export { size, SizeResult, type SizeOptions } from "./studies/size/library.js";
export { summarise, SummariseResult, type SummariseOptions } from "./studies/summarise/library.js";
export type { Measuring, ProgressEvent } from "./library/measuring.js";
export type { PluginName, PluginObject } from "./library/plugin.js";
export type { StudyResult } from "./library/result.js";
export type { TextOptions, Detail } from "./report/options.js";
export type { Delays } from "./pipeline/injection.js";
export type { Slowing } from "./sinks/slowed.js";
export type { Envelope as DocumentEnvelope } from "./results/document-type.js";
export type { Study as TrialStudy } from "./trial/trial.js";
export type { RunEnd } from "./pipeline/run/run-end.js";
export type { StudyChoice } from "./studies/compare/plan/plans.js";
export type { GateDocument } from "./studies/gate/document.js";
export type { GateDirection } from "./studies/gate/measure/plan.js";
export type { InferenceDocument } from "./studies/infer/document.js";
export type { Inference } from "./studies/infer/infer.js";
export type { RunDocument } from "./studies/run/document.js";
export type { SizingDocument } from "./studies/size/document.js";
export type {
  LoadCell,
  LoadComparison,
  LoadDocument,
  LoadVerdictStudy,
} from "./studies/load/document.js";
export type { Scheduling as LoadScheduling } from "./studies/load/measure/connections/messages.js";
export type { SizableDocument } from "./studies/size/sized.js";
export type { SummarisedGroup, SummariseDocument } from "./studies/summarise/document.js";
export type { CheapestWays, Way } from "./studies/size/model/cheapest.js";
export type {
  ClusterLimit,
  ClusterPoint,
  ClusterSizing,
} from "./studies/size/model/cluster/sizing.js";
export type { Station as ClusterStation } from "./studies/size/model/cluster/simulate.js";
export type { CoreSpeed } from "./studies/size/model/core-speed.js";
export type { Load, PresetName } from "./studies/size/model/load.js";
export type { Machine } from "./studies/size/model/machine.js";
export type {
  Measured,
  MeasuredCodec,
  SizedChoice,
  UnsizedCodec,
} from "./studies/size/model/measured.js";
export type {
  FactCost,
  Need,
  Resource,
  Size,
  Terms as SizingModelTerms,
} from "./studies/size/model/model.js";
export type { BreakEven, Money, Storage, StorageTerms } from "./studies/size/model/money.js";
export type { PriceTable } from "./studies/size/model/prices.js";
export type {
  Difference,
  MachineSizing,
  SizedRow,
  SizingTerms,
} from "./studies/size/model/sizing.js";
export type { ResultDocument } from "./studies/compare/document.js";
export type { Direction, ScenarioResult, TrialCounters, TrialResult } from "./trial/result.js";
export type { EnvironmentFingerprint } from "./results/environment.js";
export type { OwnPlugins } from "./pipeline/run/own-plugins.js";
export { checkedCodec } from "./contracts/codec/own-codec.js";
export type { Warning as SizingWarning } from "./studies/size/model/warnings.js";
export type { MedianInterval } from "./stats/median-interval.js";
export type {
  CausalResult,
  Ceilings,
  Corroboration as VerdictCorroboration,
  Evidence as VerdictEvidence,
  InjectedDelay,
  Verdict,
  VerdictKind,
  WhatIf,
} from "./verdict/result.js";
export type { CodecChoice } from "./plugins/load-codec.js";
export type { NamedCompressor } from "./plugins/load-compressor.js";
export { loadResults } from "./studies/compare/load.js";
export * from "./schema/index.js";
export { fileSource, type FileOptions } from "./sources/file.js";
export { generatorSource, type GeneratorOptions } from "./sources/generator.js";
export { hasManifest, readManifest, type Manifest } from "./pipeline/run/manifest.js";
export type {
  EventsPlan,
  MadeRange,
  PartEntry,
  Range,
  RunPlan,
  RunSchema,
  SourcePlan,
} from "./pipeline/run/plan.js";
export { verifyRun, type VerifyReport } from "./pipeline/run/verify.js";
export * from "../generators/index.js";
