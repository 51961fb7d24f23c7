import type { Load } from "../studies/size/model/load.js";
import type { Machine } from "../studies/size/model/machine.js";
import type { FactCost, Terms } from "../studies/size/model/model.js";

/** A machine of round figures: 4 cores, 16 GB, 100 MB/s to disk, 1 GB/s of network, a dollar an hour. */
export const ROUND_MACHINE: Machine = {
  name: "round.4",
  arch: "x86_64",
  cpuVendor: "AMD",
  vcpus: 4,
  threadsPerCore: 1,
  memoryBytes: 16e9,
  diskBytesPerSecond: 100e6,
  diskBurstBytesPerSecond: 100e6,
  networkBytesPerSecond: 1e9,
  networkBurstBytesPerSecond: 1e9,
  localDiskBytes: 0,
  burstable: false,
  currentGeneration: true,
  usdPerHour: 1,
};

/** A thousand facts a second. */
export const ROUND_LOAD: Load = {
  name: "round",
  factsPerDay: 86.4e6,
  duplication: 1,
  peak: 1,
  readsPerWrite: 0,
  jsonBytesPerFact: null,
};

/** Everything of a machine is used, and none is spare. */
export const PLAIN_TERMS: Terms = {
  utilisation: 1,
  spare: 0,
  coreSpeed: 1,
  disk: "ebs",
  localDiskBytesPerSecond: null,
};

/** A millisecond to write a fact, half of one to read it, 10 kB. */
export const ROUND_COST: FactCost = {
  writeCpuSeconds: 1e-3,
  readCpuSeconds: 5e-4,
  storedBytes: 10_000,
  jsonBytes: 40_000,
  workerMemoryBytes: 100e6,
};
