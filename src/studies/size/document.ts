/** A sizing as it is printed: what was asked, of what measurement, by which prices, and the answer. */
import { Type } from "../../core/typebox.js";
import { envelope, type DocumentType, type Envelope } from "../../results/document-type.js";
import { Amount, nullable, object, oneOf, Signed, Strings } from "../../results/schema.js";
import type { CheapestWays } from "./model/cheapest.js";
import type { ClusterSizing } from "./model/cluster/sizing.js";
import type { Measured, UnsizedCodec } from "./model/measured.js";
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

const Row = object({
  ...choice,
  coreSecondsPerDay: Median,
  size: object({
    share: Amount,
    whole: Amount,
    needs: Type.Array(
      object({ resource: oneOf("CPU", "disk", "network", "memory"), machines: Amount }),
    ),
  }),
  wholeRange: nullable(Type.Tuple([Amount, Amount])),
  share: Money,
  whole: Money,
  storage: nullable(object({ storedBytesPerDay: Amount, keptBytes: Amount, usdPerMonth: Amount })),
  againstJson: nullable(
    object({ coreSecondsPerDay: Change, shareUsdPerMonth: Change, wholeUsdPerMonth: Change }),
  ),
  breakEven: nullable(object({ kind: Type.String(), readsPerWrite: Type.Optional(Amount) })),
  nextMachineAt: nullable(Amount),
  warnings: Type.Array(object({ kind: Type.String() })),
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
    speed: object({ speed: Amount, basis: object({ kind: Type.String() }) }),
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
