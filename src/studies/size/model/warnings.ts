/** What a reader must know before believing a row, as data; a report finds the words. */
import type { VerdictKind } from "../../../verdict/result.js";
import type { CoreSpeed } from "./core-speed.js";
import type { Load } from "./load.js";
import type { Machine } from "./machine.js";
import type { Measured, MeasuredCodec } from "./measured.js";
import { whyUnfit, type Resource, type Size, type Terms } from "./model.js";

export type Warning =
  | {
      readonly kind: "does-not-fit";
      readonly machine: string;
      readonly lacks: "memory" | "local disk";
    }
  /** A vCPU is one of two threads of a core, and gives less than a core. */
  | { readonly kind: "hyperthread"; readonly machine: string }
  | { readonly kind: "burstable"; readonly machine: string }
  /** What binds is counted at what is always there; for a while there is more. */
  | {
      readonly kind: "baseline";
      readonly machine: string;
      readonly resource: "disk" | "network";
      readonly bytesPerSecond: number;
      readonly burstBytesPerSecond: number;
    }
  | { readonly kind: "not-counted"; readonly machine: string; readonly resource: Resource }
  | {
      readonly kind: "other-cpu";
      readonly machine: string;
      readonly measuredOn: string;
      readonly scaled: boolean;
    }
  | { readonly kind: "verdict"; readonly verdict: VerdictKind }
  | { readonly kind: "worker-time" }
  | { readonly kind: "few-trials" }
  /** The interval of CPU-seconds leaves open how many machines it takes. */
  | { readonly kind: "uncertain"; readonly least: number; readonly most: number }
  /** Copies of a fact that stand within reach of the compressor take it less time and room. */
  | { readonly kind: "duplication"; readonly measured: number; readonly load: number }
  | {
      readonly kind: "fact-size";
      readonly load: string;
      readonly measuredBytes: number;
      readonly loadBytes: number;
    };

export interface WarningInput {
  readonly machine: Machine;
  readonly measured: Measured;
  readonly codec: MeasuredCodec;
  readonly load: Load;
  readonly terms: Terms;
  readonly speed: CoreSpeed;
  readonly size: Size;
  /** Whole machines at the ends of the interval; `null` where one of them is not known. */
  readonly wholeRange: readonly [number, number] | null;
}

/** Facts of a load that differ from the measured ones by more than this say little. */
const ALIKE_SIZES = 2;

/** All that is to be known of one row. */
export function warningsOf(input: WarningInput): Warning[] {
  const { machine, measured, codec, load, terms, size, wholeRange } = input;
  const lacks = whyUnfit(machine, codec.cost, terms);
  const warnings: (Warning | undefined)[] = [
    lacks === undefined ? undefined : { kind: "does-not-fit", machine: machine.name, lacks },
    machine.threadsPerCore !== null && machine.threadsPerCore > 1
      ? { kind: "hyperthread", machine: machine.name }
      : undefined,
    machine.burstable ? { kind: "burstable", machine: machine.name } : undefined,
    burst(machine, size, terms),
    ...notCounted(machine, size, codec),
    otherCpu(input),
    codec.verdict === null || codec.verdict === "codec-bound"
      ? undefined
      : { kind: "verdict", verdict: codec.verdict },
    measured.cpuFrom === "worker time" ? { kind: "worker-time" } : undefined,
    measured.cpuFrom === "counters" && wholeRange === null ? { kind: "few-trials" } : undefined,
    wholeRange !== null && wholeRange[0] !== wholeRange[1]
      ? { kind: "uncertain", least: wholeRange[0], most: wholeRange[1] }
      : undefined,
    otherDuplication(input),
    otherFactSize(measured, load),
  ];
  return warnings.filter((warning) => warning !== undefined);
}

function burst(machine: Machine, { needs }: Size, { disk }: Terms): Warning | undefined {
  const resource = needs[0]?.resource;
  if (resource !== "disk" && resource !== "network") return undefined;
  if (resource === "disk" && disk === "local") return undefined;
  const [bytesPerSecond, burstBytesPerSecond] =
    resource === "disk"
      ? [machine.diskBytesPerSecond, machine.diskBurstBytesPerSecond]
      : [machine.networkBytesPerSecond, machine.networkBurstBytesPerSecond];
  if (bytesPerSecond === null || burstBytesPerSecond === null) return undefined;
  return burstBytesPerSecond > bytesPerSecond
    ? { kind: "baseline", machine: machine.name, resource, bytesPerSecond, burstBytesPerSecond }
    : undefined;
}

/** Resources that the machine's side is not known of, although the fact's side is. */
function notCounted(machine: Machine, { needs }: Size, { cost }: MeasuredCodec): Warning[] {
  const asked: readonly [Resource, number | null][] = [
    ["disk", cost.storedBytes],
    ["network", cost.jsonBytes],
    ["memory", cost.workerMemoryBytes],
  ];
  return asked
    .filter(
      ([wanted, perFact]) => perFact !== null && !needs.some((need) => need.resource === wanted),
    )
    .map(([resource]) => ({ kind: "not-counted", machine: machine.name, resource }));
}

const ARCHITECTURES: Record<string, string> = { x64: "x86_64", arm64: "arm64" };

/** As far as can be told: a table names a maker, not a model. */
function otherCpu({ machine, measured, speed }: WarningInput): Warning | undefined {
  if (machine.arch === null || measured.cpuModel === "") return undefined;
  const sameArch = (ARCHITECTURES[measured.architecture] ?? measured.architecture) === machine.arch;
  const sameMaker =
    machine.cpuVendor === null ||
    machine.cpuVendor === "AWS" ||
    measured.cpuModel.toLowerCase().includes(machine.cpuVendor.toLowerCase());
  if (sameArch && sameMaker) return undefined;
  const scaled = speed.basis.kind === "given" || speed.basis.kind === "calibrated";
  return { kind: "other-cpu", machine: machine.name, measuredOn: measured.cpuModel, scaled };
}

/** How far back compressors look for copies; what is not here reaches over a whole batch. */
const REACH_BYTES: Readonly<Record<string, number>> = { gzip: 32_768, lz4: 65_536, snappy: 65_536 };
/** Facts differ in size, so that of facts of twice that in the mean some still have their copies within it. */
const SPREAD = 2;

function otherDuplication({ measured, codec, load }: WarningInput): Warning | undefined {
  const { duplication } = measured;
  const reach = REACH_BYTES[codec.compressor.split(":")[0] ?? ""] ?? Infinity;
  const inReach = (codec.encodedBytesPerFact ?? Infinity) < reach * SPREAD;
  return codec.compressor !== "none" &&
    inReach &&
    (duplication ?? load.duplication) !== load.duplication
    ? { kind: "duplication", measured: duplication ?? 1, load: load.duplication }
    : undefined;
}

function otherFactSize(measured: Measured, load: Load): Warning | undefined {
  const [measuredBytes, loadBytes] = [measured.jsonBytesPerFact, load.jsonBytesPerFact];
  if (measuredBytes === null || loadBytes === null) return undefined;
  const ratio = Math.max(measuredBytes / loadBytes, loadBytes / measuredBytes);
  return ratio > ALIKE_SIZES
    ? { kind: "fact-size", load: load.name, measuredBytes, loadBytes }
    : undefined;
}
