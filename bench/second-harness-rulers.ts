/** What a process of the second harness is asked, and what it answers. */
export interface RulerTask {
  readonly codec: string;
  readonly operation: "encode" | "decode";
  readonly pairs: number;
}

/** Names of the harnesses. */
export const OURS = "hellfact";
export const THEIRS = ["benchmark.js", "tinybench"] as const;
export type Harness = typeof OURS | (typeof THEIRS)[number];

/** Facts per second in each round, by harness. */
export type RulerRates = Readonly<Record<Harness, number[]>>;
