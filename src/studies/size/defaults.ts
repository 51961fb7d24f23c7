/** What a sizing takes for granted where nothing else is said. */
export const SIZE_DEFAULTS = {
  duplication: 1,
  peak: 1,
  readsPerWrite: 0,
  spare: 0,
  localDisk: false,
  cheapest: false,
  currentGeneration: false,
  burstable: true,
  cluster: false,
  /** Bytes of a cluster's range, as `run --roll` has them. */
  range: 64e6,
} as const;
