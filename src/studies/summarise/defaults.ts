/** What a summary does where nothing else is asked for. */
export const SUMMARISE_DEFAULTS = {
  /** Quantiles, as shares from 0 to 1. */
  shares: [0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999] as readonly number[],
  /** How many of the most frequent values. */
  length: 10,
  exact: false,
  fresh: false,
  allowBombs: false,
} as const;
