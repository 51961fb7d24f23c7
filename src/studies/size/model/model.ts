/**
 * The sum that sizing is: machines = max over resources of ⌈ λ · peak · d / (cap · u) ⌉ + spare, where
 * λ is facts a second, d what a fact takes of a resource, cap what a machine has of it, and u the
 * share of it that is not to be exceeded.
 */
import { factsASecond, type Load } from "./load.js";
import type { Machine } from "./machine.js";

/** What writing and reading one fact takes. `null` is what was not measured. */
export interface FactCost {
  readonly writeCpuSeconds: number;
  readonly readCpuSeconds: number | null;
  readonly storedBytes: number | null;
  /** What comes in over the network. */
  readonly jsonBytes: number | null;
  /** Memory of a process that keeps one core busy. */
  readonly workerMemoryBytes: number | null;
}

/** How machines are used. */
export interface Terms {
  /** The share of a resource that is not to be exceeded: 0.7. */
  readonly utilisation: number;
  /** Machines beside those that carry the load. */
  readonly spare: number;
  /** How fast a core of the machine is, against the one that was measured on. */
  readonly coreSpeed: number;
  readonly disk: "ebs" | "local";
  /** What a local disk takes; `null` if nobody has told. */
  readonly localDiskBytesPerSecond: number | null;
}

export const RESOURCES = ["CPU", "disk", "network", "memory"] as const;
export type Resource = (typeof RESOURCES)[number];

export interface Need {
  readonly resource: Resource;
  /** Machines that this resource alone asks for, as a fraction. */
  readonly machines: number;
}

export interface Size {
  /** Machines as a fraction, none of them spare. */
  readonly share: number;
  /** Whole machines, spare ones included. */
  readonly whole: number;
  /** What binds, what would bind next, and so on. */
  readonly needs: readonly Need[];
}

/** CPU-seconds that a fact takes, its reads included; not a number if they were not measured. */
export function cpuSecondsOf(write: number, read: number | null, readsPerWrite: number): number {
  return write + (readsPerWrite === 0 ? 0 : readsPerWrite * (read ?? NaN));
}

/** What a load takes of each resource in a second of its peak; `null` is what was not measured. */
type Demand = Readonly<Record<Resource, number | null>>;

/** What a load takes, with room for what is not to be used. The same on every machine. */
export function demandOf(cost: FactCost, load: Load, terms: Terms): Demand {
  const { writeCpuSeconds, readCpuSeconds, storedBytes, jsonBytes, workerMemoryBytes } = cost;
  const { readsPerWrite } = load;
  const factsPerSecond = (factsASecond(load) * load.peak) / terms.utilisation;
  const cpuSeconds = cpuSecondsOf(writeCpuSeconds, readCpuSeconds, readsPerWrite) / terms.coreSpeed;
  const perSecond = (perFact: number | null, times: number) =>
    perFact === null ? null : factsPerSecond * perFact * times;
  // Both ways are there at once: what comes in is written, what goes out was read.
  const out = (storedBytes ?? 0) * readsPerWrite;
  return {
    CPU: perSecond(cpuSeconds, 1),
    disk: perSecond(storedBytes, 1 + readsPerWrite),
    network: perSecond(jsonBytes === null ? null : Math.max(jsonBytes, out), 1),
    // As many workers as there are cores busy hold their memory (Little's law).
    memory: perSecond(workerMemoryBytes, cpuSeconds),
  };
}

/** How many machines carry a load, and why. Resources that nobody has told are left out. */
export function sizeOn(machine: Machine, cost: FactCost, load: Load, terms: Terms): Size {
  const demand = demandOf(cost, load, terms);
  const needs = RESOURCES.flatMap((resource): Need[] => {
    const machines = machinesFor(resource, demand, machine, terms);
    return machines === null ? [] : [{ resource, machines }];
  }).toSorted((a, b) => b.machines - a.machines);
  return { ...machinesOn(machine, demand, terms), needs };
}

/** How many machines carry a demand, without the reasons: for looking at many of them. */
export function machinesOn(
  machine: Machine,
  demand: Demand,
  terms: Terms,
): Pick<Size, "share" | "whole"> {
  let share = 0;
  for (const resource of RESOURCES) {
    share = Math.max(share, machinesFor(resource, demand, machine, terms) ?? 0);
  }
  return { share, whole: wholeMachines(share, terms) };
}

/** Machines that a resource alone asks for; `null` where either side of it is not known. */
function machinesFor(
  resource: Resource,
  demand: Demand,
  machine: Machine,
  terms: Terms,
): number | null {
  const wanted = demand[resource];
  const capacity = capacityOf(resource, machine, terms);
  return wanted === null || capacity === null ? null : wanted / capacity;
}

function capacityOf(resource: Resource, machine: Machine, terms: Terms): number | null {
  switch (resource) {
    case "CPU":
      return machine.vcpus;
    case "disk":
      return terms.disk === "ebs" ? machine.diskBytesPerSecond : terms.localDiskBytesPerSecond;
    case "network":
      return machine.networkBytesPerSecond;
    case "memory":
      return machine.memoryBytes;
  }
}

/** Whole machines for a fraction of them. A hair over a whole number is rounding, not work. */
function wholeMachines(share: number, { spare }: Pick<Terms, "spare">): number {
  return Math.max(1, Math.ceil(share * (1 - 1e-9))) + spare;
}

/** Why a machine cannot carry any of the load, or `undefined`. */
export function whyUnfit(
  machine: Machine,
  { workerMemoryBytes }: FactCost,
  { disk, utilisation }: Terms,
): "memory" | "local disk" | undefined {
  if (disk === "local" && machine.localDiskBytes === 0) return "local disk";
  const room = (machine.memoryBytes ?? Infinity) * utilisation;
  return (workerMemoryBytes ?? 0) > room ? "memory" : undefined;
}
