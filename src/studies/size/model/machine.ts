/** What a machine has and costs. `null` is what nobody has told. */
export interface Machine {
  readonly name: string;
  readonly arch: string | null;
  readonly cpuVendor: string | null;
  readonly vcpus: number;
  /** 2 where a vCPU is a hyperthread. */
  readonly threadsPerCore: number | null;
  readonly memoryBytes: number | null;
  /** Of the network disk: what it always gives, and what it gives for a while. */
  readonly diskBytesPerSecond: number | null;
  readonly diskBurstBytesPerSecond: number | null;
  readonly networkBytesPerSecond: number | null;
  readonly networkBurstBytesPerSecond: number | null;
  readonly localDiskBytes: number;
  readonly burstable: boolean;
  readonly currentGeneration: boolean;
  readonly usdPerHour: number;
}

/** A machine of which only processors and price are known. */
export function plainMachine(vcpus: number, usdPerHour: number): Machine {
  return {
    name: `${vcpus} vCPU`,
    arch: null,
    cpuVendor: null,
    vcpus,
    threadsPerCore: null,
    memoryBytes: null,
    diskBytesPerSecond: null,
    diskBurstBytesPerSecond: null,
    networkBytesPerSecond: null,
    networkBurstBytesPerSecond: null,
    localDiskBytes: 0,
    burstable: false,
    currentGeneration: true,
    usdPerHour,
  };
}
