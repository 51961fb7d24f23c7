export const DAY_SECONDS = 86_400;

/** How much there is to carry. */
export interface Load {
  readonly name: string;
  /** At a duplication of one. */
  readonly factsPerDay: number;
  /** How often each fact is told. */
  readonly duplication: number;
  /** How many times the mean the busiest time brings. */
  readonly peak: number;
  /** How often each written fact is read back. */
  readonly readsPerWrite: number;
  /** What a fact of it takes as JSON, where that is known. */
  readonly jsonBytesPerFact: number | null;
}

export type PresetName = "totalhelldeath" | "endless-runner" | "warehouse";

/** Loads of the founding article: its test, the game it looks at, the system it is compared with. */
export const PRESETS: Record<
  PresetName,
  { readonly factsPerDay: number; readonly jsonBytesPerFact: number }
> = {
  /** 365 GB of JSON a game day, for 400 million users. */
  totalhelldeath: { factsPerDay: 8.5e6, jsonBytesPerFact: 365e9 / 8.5e6 },
  /** 7 million daily users with 150 events each; a 40 kB hell fact tells about 150 events. */
  "endless-runner": { factsPerDay: 7e6 * 150, jsonBytesPerFact: 40_000 / 150 },
  /** A million facts a second, and 51 GB of them a day (binary; as JSON nobody told). */
  warehouse: { factsPerDay: 86.4e9, jsonBytesPerFact: 51e9 / 86.4e9 },
};

/** Facts a day, duplicates included. */
export function factsADay({ factsPerDay, duplication }: Load): number {
  return factsPerDay * duplication;
}

/** Facts a second in the mean, duplicates included. */
export function factsASecond(load: Load): number {
  return factsADay(load) / DAY_SECONDS;
}
