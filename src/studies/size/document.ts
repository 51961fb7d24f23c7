/** A sizing as it is printed: what was asked, of what measurement, by which prices, and the answer. */
import { Type } from "../../core/typebox.js";
import { envelope, type DocumentType, type Envelope } from "../../results/document-type.js";
import { VERDICT_KINDS } from "../../verdict/result.js";
import { Amount, nullable, object, oneOf, Signed, Strings } from "../../results/schema.js";
import type { CheapestWays } from "./model/cheapest.js";
import type { ClusterSizing } from "./model/cluster/sizing.js";
import type { Measured, UnsizedCodec } from "./model/measured.js";
import { RESOURCES } from "./model/model.js";
import type { PriceTable } from "./model/prices.js";
import type { MachineSizing, SizingTerms } from "./model/sizing.js";

export interface SizingDocument extends Envelope {
  readonly kind: "size";
  readonly version: 2;
  readonly terms: SizingTerms;
  readonly measured: Omit<Measured, "codecs" | "unsized">;
  /** `null` where no machine's price comes from a table. */
  readonly prices: Pick<PriceTable, "name" | "date" | "region"> | null;
  readonly machines: readonly MachineSizing[];
  readonly cheapest: CheapestWays | null;
  readonly unsized: readonly UnsizedCodec[];
  /** The same on a cluster, for each machine, where that was asked for. */
  readonly cluster?: readonly ClusterSizing[];
}

const Text = nullable(Type.String());
const Figure = nullable(Amount);
const Median = object({ median: Amount, low: Amount, high: nullable(Amount) });
const Change = Signed;

const choice = {
  codec: Type.String(),
  compressor: Type.String(),
  runtime: Type.Optional(Type.String()),
};

const Machine = object({
  name: Type.String(),
  arch: Text,
  cpuVendor: Text,
  vcpus: Amount,
  threadsPerCore: Figure,
  memoryBytes: Figure,
  diskBytesPerSecond: Figure,
  diskBurstBytesPerSecond: Figure,
  networkBytesPerSecond: Figure,
  networkBurstBytesPerSecond: Figure,
  localDiskBytes: Amount,
  burstable: Type.Boolean(),
  currentGeneration: Type.Boolean(),
  usdPerHour: Amount,
});

const Money = object({
  usdPerDay: Amount,
  usdPerMonth: Amount,
  usdPerBillionFacts: Amount,
  usdPerJsonTerabyte: Figure,
});

const ofKind = <const Kind extends string>(kind: Kind) => ({ kind: Type.Literal(kind) });

const BreakEven = Type.Union([
  object(ofKind("always-cheaper")),
  object(ofKind("never-cheaper")),
  object({ ...ofKind("cheaper-below"), readsPerWrite: Amount }),
  object({ ...ofKind("cheaper-above"), readsPerWrite: Amount }),
]);

const machine = Type.String();
const Warning = Type.Union([
  object({ ...ofKind("does-not-fit"), machine, lacks: oneOf("memory", "local disk") }),
  object({ ...ofKind("hyperthread"), machine }),
  object({ ...ofKind("burstable"), machine }),
  object({
    ...ofKind("baseline"),
    ...{ machine, resource: oneOf("disk", "network") },
    ...{ bytesPerSecond: Amount, burstBytesPerSecond: Amount },
  }),
  object({ ...ofKind("not-counted"), machine, resource: oneOf(...RESOURCES) }),
  object({
    ...ofKind("other-cpu"),
    ...{ machine, measuredOn: Type.String(), scaled: Type.Boolean() },
  }),
  object({ ...ofKind("verdict"), verdict: oneOf(...VERDICT_KINDS) }),
  object(ofKind("worker-time")),
  object(ofKind("few-trials")),
  object({ ...ofKind("uncertain"), least: Amount, most: Amount }),
  object({ ...ofKind("duplication"), measured: Amount, load: Amount }),
  object({
    ...ofKind("fact-size"),
    ...{ load: Type.String(), measuredBytes: Amount, loadBytes: Amount },
  }),
]);

const calibratedAt = Type.String();
const SpeedBasis = Type.Union([
  object(ofKind("given")),
  object(ofKind("uncalibrated")),
  object({ ...ofKind("same-cpu"), calibratedAt }),
  object({
    ...ofKind("calibrated"),
    ...{ calibratedAt, cpuModel: Type.String() },
    nodes: nullable(Type.Tuple([Type.String(), Type.String()])),
  }),
  object({ ...ofKind("not-comparable"), calibratedAt }),
]);

const Row = object({
  ...choice,
  coreSecondsPerDay: Median,
  size: object({
    share: Amount,
    whole: Amount,
    needs: Type.Array(object({ resource: oneOf(...RESOURCES), machines: Amount })),
  }),
  wholeRange: nullable(Type.Tuple([Amount, Amount])),
  share: Money,
  whole: Money,
  storage: nullable(object({ storedBytesPerDay: Amount, keptBytes: Amount, usdPerMonth: Amount })),
  againstJson: nullable(
    object({ coreSecondsPerDay: Change, shareUsdPerMonth: Change, wholeUsdPerMonth: Change }),
  ),
  breakEven: nullable(BreakEven),
  nextMachineAt: nullable(Amount),
  warnings: Type.Array(Warning),
});

const Way = object({ machine: Machine, row: Row });
const Unsized = Type.Array(object({ ...choice, reason: Type.String() }));

const Shared = oneOf("coordinator", "server", "storage");
const ClusterPoint = object({
  workers: Amount,
  machines: Amount,
  usdPerDay: Amount,
  rangesPerSecond: Amount,
  timesLoad: Amount,
  efficiency: Amount,
  busiest: Shared,
  busy: Amount,
});
const Cluster = object({
  ...choice,
  machine: Type.String(),
  rangeBytes: Amount,
  factsPerRange: Amount,
  rangesPerDay: Amount,
  rangesPerSecond: Amount,
  workSeconds: Amount,
  sharedBytesPerSecond: Figure,
  needed: ClusterPoint,
  points: Type.Array(ClusterPoint),
  limits: Type.Array(
    object({ what: Shared, rangesPerSecond: Amount, timesLoad: Amount, workers: Amount }),
  ),
});

const sizingSchema = object({
  ...envelope("size", 2),
  terms: object({
    load: object({
      name: Type.String(),
      factsPerDay: Amount,
      duplication: Amount,
      peak: Amount,
      readsPerWrite: Amount,
      jsonBytesPerFact: Figure,
    }),
    speed: object({ speed: Amount, basis: SpeedBasis }),
    utilisation: Amount,
    spare: Amount,
    storage: nullable(object({ retentionDays: Amount, usdPerGbMonth: Amount })),
    disk: oneOf("ebs", "local"),
    localDiskBytesPerSecond: Figure,
  }),
  measured: object({
    cpuModel: Type.String(),
    architecture: Type.String(),
    node: Type.String(),
    measuredAt: Type.String(),
    source: Type.String(),
    jsonBytesPerFact: Figure,
    duplication: Figure,
    /** The two duplications that were measured, where figures were reckoned from those of both. */
    between: Type.Optional(Type.Tuple([Amount, Amount])),
    /** Which rows went where, where a load was measured: a row stands for a fact, a method for a codec, a table for a compressor. */
    rowsOf: Type.Optional(Type.String()),
    cpuFrom: oneOf("counters", "worker time", "given"),
    runtimes: Strings,
    schemaUnsure: Type.Optional(Type.String()),
    referenceSeconds: Figure,
  }),
  prices: nullable(object({ name: Type.String(), date: Text, region: Text })),
  machines: Type.Array(object({ machine: Machine, rows: Type.Array(Row) })),
  cheapest: nullable(
    object({
      searched: Amount,
      ways: Type.Array(Way),
      runnersUp: Type.Array(Way),
      unsized: Unsized,
    }),
  ),
  unsized: Unsized,
  cluster: Type.Optional(Type.Array(Cluster)),
});

export const sizingType: DocumentType<SizingDocument> = {
  kind: "size",
  version: 2,
  title: "a sizing",
  schema: sizingSchema,
};
