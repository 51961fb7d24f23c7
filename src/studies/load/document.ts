/** What `hellfact load` found: methods × sizes, connections, what binds; each where it was asked for. */
import { Type, type Static } from "../../core/typebox.js";
import { envelope, type DocumentType } from "../../results/document-type.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, Interval, nullable, object, oneOf, Strings } from "../../results/schema.js";
import { payloadSchema } from "../../trial/result.js";

const Durability = object({
  settings: Type.String(),
  survives: oneOf("power", "process", "nothing"),
});

/** One process's loads of one size by one method; seconds are of all its loads together. */
const Trial = object({
  round: Amount,
  loads: Amount,
  wallSeconds: Amount,
  clientCpuSeconds: Amount,
  serverCpuSeconds: nullable(Amount),
  storedBytes: Amount,
  peakMemoryBytes: Amount,
});

const Cell = object({
  method: Type.String(),
  rows: Amount,
  status: oneOf("ok", "timeout", "failed", "unavailable", "not-measured"),
  /** Why there is no rate; of a time-out that was not tried, which smaller one was. */
  reason: nullable(Type.String()),
  rowsPerSecond: nullable(Interval),
  /** Processor time for a million rows. */
  clientCpuSeconds: nullable(Amount),
  serverCpuSeconds: nullable(Amount),
  storedBytesPerRow: nullable(Amount),
  peakMemoryBytes: nullable(Amount),
  trials: Type.Array(Trial),
});

const Method = object({
  name: Type.String(),
  summary: Type.String(),
  isAtomic: Type.Boolean(),
  /** `keys`: it looks rows up. */
  takes: oneOf("rows", "ndjson", "parquet", "query", "keys"),
  isOneParameter: Type.Boolean(),
  /** What its commits outlive, read back after a write; `null` where none came about. */
  durability: nullable(Durability),
});

const Comparison = object({
  /** A table's name: `events`. */
  table: Type.String(),
  columns: Amount,
  jsonKind: nullable(Type.String()),
  timeoutSeconds: Amount,
  sizes: Type.Array(Amount),
  rounds: Amount,
  methods: Type.Array(Method),
  cells: Type.Array(Cell),
});

const Latency = object({ p50: Amount, p99: Amount, max: Amount });
const which = {
  scheduling: oneOf("pool", "pipeline", "workers"),
  connections: Amount,
  /** Into an indexed table; while another process still reads the rows; after that ended. */
  phase: oneOf("indexed", "reading", "ended"),
};
/** What connections were doing when they were looked at: `idle`, `running`, or what they waited for. */
const Waits = Type.Array(object({ what: Type.String(), share: Amount }));

const ConnectionRound = object({
  ...which,
  round: Amount,
  committed: Amount,
  sent: Amount,
  wallSeconds: Amount,
  latencyMilliseconds: Latency,
  waits: Waits,
  clientCpuSeconds: Amount,
  serverCpuSeconds: nullable(Amount),
  runQueueSeconds: nullable(Amount),
});

const ConnectionCell = object({
  ...which,
  committedPerSecond: Interval,
  sentPerSecond: Amount,
  latencyMilliseconds: Latency,
  waits: Waits,
  /** Processor time by the second. */
  clientCores: Amount,
  serverCores: nullable(Amount),
  /** Seconds by the second for which threads of the client were ready and had no core. */
  runQueueShare: nullable(Amount),
});

const Connections = object({
  /** Statements under way on each connection where they are pipelined. */
  depth: Amount,
  secondsAPhase: Amount,
  /** Rows that were begun a second, latencies being counted from then; `null` for a closed loop. */
  rate: nullable(Amount),
  durability: Durability,
  cells: Type.Array(ConnectionCell),
  rounds: Type.Array(ConnectionRound),
});

/** Groups of rows a second over some time, and what that took of whose processor. */
const Slice = object({
  rate: Amount,
  wallSeconds: Amount,
  clientCores: Amount,
  serverCores: nullable(Amount),
  /** Threads of the client that were ready to run and had no core. */
  waitingCores: nullable(Amount),
});

const VerdictRound = object({
  /** The load as it is, with what its connections were doing, and what the whole machine used. */
  base: Slice,
  looks: Waits,
  machineCores: Amount,
  /** Shortest query, of the server and of one on this machine that keeps nothing. */
  pingSeconds: Amount,
  nullPingSeconds: nullable(Amount),
  /** No commit is waited for. */
  noWait: Slice,
  /** Each group takes the client so much longer. */
  delaySeconds: Amount,
  delayed: Slice,
  /** Into a table that nobody else knows. */
  own: Slice,
  twice: nullable(Slice),
  /** Rows are made only; sent to a server that keeps nothing; sent as bytes made before. */
  source: Slice,
  nobody: nullable(Slice),
  replay: nullable(Slice),
});

export const CAUSES = [
  "client CPU",
  "server CPU",
  "commit/IO",
  "locks",
  "network latency",
  "shared cores",
] as const;
const Cause = oneOf(...CAUSES);

const LoadVerdict = Type.Union([
  object({ kind: Type.Literal("bound"), by: Cause }),
  object({ kind: Type.Literal("balanced"), between: Type.Array(Cause) }),
  object({ kind: Type.Literal("inconclusive"), why: Type.String() }),
]);

const VerdictStudy = object({
  connections: Amount,
  /** Processes of the client. */
  processes: Amount,
  method: Type.String(),
  /** Rows that are committed together. */
  groupRows: Amount,
  cores: Amount,
  /** Whether the store is a server, and does not work inside the client. */
  isServer: Type.Boolean(),
  /** How often a group waits for an answer. */
  roundTrips: Amount,
  /** Of the disk of this tool's results: small writes forced to it, one after the other. */
  syncsPerSecond: Amount,
  verdict: LoadVerdict,
  /** Shares of the time that a group takes its connection, medians over rounds. */
  shares: Type.Array(object({ part: Cause, share: Amount })),
  caveats: Strings,
  rounds: Type.Array(VerdictRound),
});

/** A run's parts, each loaded exactly once. */
const Parts = object({
  folder: Type.String(),
  /** What it is called in the store: the run, the same wherever its folder lies, and the table. */
  run: Type.String(),
  /** `null` while the run itself has not ended. */
  ended: nullable(Type.String()),
  method: Type.String(),
  table: Type.String(),
  durability: nullable(Durability),
  parts: Amount,
  loaded: Amount,
  /** Parts that were there before. */
  present: Amount,
  facts: Amount,
  rows: Amount,
  wallSeconds: Amount,
});

/** As it was; another text of the same value; another value; or the store said no. */
const ValueCell = object({
  outcome: oneOf("exact", "rewritten", "changed", "refused"),
  /** What came back, or what the store said. */
  detail: nullable(Type.String()),
});

const Values = object({
  method: Type.String(),
  /** Names of documents, and what became of each in each kind of column. */
  documents: Strings,
  kinds: Type.Array(object({ jsonKind: Type.String(), cells: Type.Array(ValueCell) })),
  /** Names of values with their types, and what became of each. */
  columnValues: Strings,
  columns: Type.Array(ValueCell),
});

export const loadSchema = object({
  ...envelope("load", 1),
  complete: Type.Boolean(),
  command: Strings,
  warnings: Strings,
  environment: environmentSchema,
  store: object({
    name: Type.String(),
    driver: Type.String(),
    server: Type.String(),
    /** Without a password. */
    address: Type.String(),
  }),
  /** What was measured with; `null` where a run's own facts were loaded. */
  payload: nullable(payloadSchema),
  comparisons: Type.Array(Comparison),
  connections: nullable(Connections),
  /** What binds a load, for each number of connections that was asked for. */
  verdicts: Type.Optional(Type.Array(VerdictStudy)),
  parts: nullable(Parts),
  values: nullable(Values),
});

export type LoadDocument = Static<typeof loadSchema>;
export type LoadComparison = Static<typeof Comparison>;
export type LoadCell = Static<typeof Cell>;
export type LoadTrial = Static<typeof Trial>;
export type MeasuredMethod = Static<typeof Method>;

export type ConnectionsStudy = Static<typeof Connections>;
export type ValuesStudy = Static<typeof Values>;
export type ValueCell = Static<typeof ValueCell>;
export type VerdictRound = Static<typeof VerdictRound>;
export type LoadVerdict = Static<typeof LoadVerdict>;
export type LoadVerdictStudy = Static<typeof VerdictStudy>;
export type Cause = (typeof CAUSES)[number];
export type LoadedParts = Static<typeof Parts>;
export type ConnectionCell = Static<typeof ConnectionCell>;
export type ConnectionRound = Static<typeof ConnectionRound>;

export const loadType: DocumentType<LoadDocument> = {
  kind: "load",
  version: 1,
  title: "loading a database",
  schema: loadSchema,
};
