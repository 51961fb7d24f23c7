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

export type Resource = "CPU" | "disk" | "network" | "memory";

interface Need {
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

/** How many machines carry a load, and why. Resources that nobody has told are left out. */
export function sizeOn(machine: Machine, cost: FactCost, load: Load, terms: Terms): Size {
  const needs = needsOn(machine, cost, load, terms).toSorted((a, b) => b.machines - a.machines);
  const share = needs[0]?.machines ?? 0;
  return { share, whole: wholeMachines(share, terms), needs };
}

/** Machines that each resource alone asks for. */
function needsOn(machine: Machine, cost: FactCost, load: Load, terms: Terms): Need[] {
  const { writeCpuSeconds, readCpuSeconds, storedBytes, jsonBytes, workerMemoryBytes } = cost;
  const { readsPerWrite } = load;
  const cpuSeconds = cpuSecondsOf(writeCpuSeconds, readCpuSeconds, readsPerWrite) / terms.coreSpeed;
  const factsPerSecond = (factsASecond(load) * load.peak) / terms.utilisation;
  const needs: Need[] = [];
  const add = (resource: Resource, perFact: number | null, capacity: number | null) => {
    if (perFact === null || capacity === null) return;
    needs.push({ resource, machines: (factsPerSecond * perFact) / capacity });
  };
  add("CPU", cpuSeconds, machine.vcpus);
  add("disk", times(storedBytes, 1 + readsPerWrite), diskBytesPerSecond(machine, terms));
  // Both ways are there at once: what comes in is written, what goes out was read.
  const out = (storedBytes ?? 0) * readsPerWrite;
  add(
    "network",
    jsonBytes === null ? null : Math.max(jsonBytes, out),
    machine.networkBytesPerSecond,
  );
  // As many workers as there are cores busy hold their memory (Little's law).
  add("memory", times(workerMemoryBytes, cpuSeconds), machine.memoryBytes);
  return needs;
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

function diskBytesPerSecond(machine: Machine, terms: Terms): number | null {
  return terms.disk === "ebs" ? machine.diskBytesPerSecond : terms.localDiskBytesPerSecond;
}

function times(amount: number | null, factor: number): number | null {
  return amount === null ? null : amount * factor;
}
