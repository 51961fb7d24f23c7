/** All pairs of samples, N(N − 1)/2, by their numbers; and the jobs that compute and keep ranges of them. */
import type { Definition, JobDefinition } from "./definition.js";
import { InputError } from "../../../core/errors.js";

/** Samples are numbered from 1; the first one of a pair is the lesser. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/** How many pairs so many samples have. */
export function pairsOf(samples: number): number {
  return (samples * (samples - 1)) / 2;
}

/** Pairs from one number to before another, in the order (1, 2), (1, 3), (2, 3), (1, 4), … */
export function* pairsBetween(from: number, to: number): Generator<Pair> {
  let b = Math.floor((3 + Math.sqrt(1 + 8 * from)) / 2);
  // The root of a large number may be off by one.
  while (pairsOf(b) <= from) b += 1;
  while (pairsOf(b - 1) > from) b -= 1;
  let a = from - pairsOf(b - 1) + 1;
  for (let number = from; number < to; number++) {
    yield { a, b };
    a += 1;
    if (a === b) [a, b] = [1, b + 1];
  }
}

export interface PairsAsked {
  readonly samples: number;
  /** The user's file with the distance, as it was typed, and its checksum. */
  readonly distance: string;
  readonly sha256: string;
  /** For a shell, quoted as it must be. */
  readonly store: string;
  /** Pairs a job; where it is not said, fifty thousand at most, and eight ranges at least. */
  readonly range?: number | undefined;
  /** Permits of the stage that computes. */
  readonly permits: number;
}

const MOST_IN_RANGE = 50_000;
const LEAST_RANGES = 8;

/** Two stages: distances of ranges of pairs are computed side by side, and kept one range after the other. */
export function pairsDefinition(asked: PairsAsked): Definition {
  const { samples, distance, sha256, store, permits } = asked;
  const all = pairsOf(samples);
  const range = asked.range ?? Math.max(1, Math.min(MOST_IN_RANGE, Math.ceil(all / LEAST_RANGES)));
  const refuse = (problem: string): never => {
    throw new InputError(`--preset pairs: ${problem}`);
  };
  const digits = String(all).length;
  const named = (number: number) => String(number).padStart(digits, "0");
  const jobs: JobDefinition[] = [];
  for (let from = 0; from < all; from += range) {
    const to = Math.min(all, from + range);
    const part = `${named(from)}-${named(to)}`;
    const of = `--samples ${samples} --from ${from} --to ${to}`;
    const common = { part, refuse };
    jobs.push(
      {
        ...{ ...common, stage: "distances", output: `pairs.queue/distances/${part}.txt` },
        run: `hellfact pairs ${distance} ${of} --sha256 ${sha256} --output {output}`,
      },
      {
        ...{ ...common, stage: "keep", output: null },
        run: `hellfact pairs ${distance} ${of} --keep {distances} --store ${store}`,
      },
    );
  }
  const stage = { run: null, output: null, afterAll: [], retries: 2, timeoutSeconds: null };
  return {
    parts: [],
    stages: [
      { ...stage, name: "distances", permits, after: [] },
      // One after the other: SQLite has one writer at a time.
      { ...stage, name: "keep", permits: 1, after: ["distances"] },
    ],
    jobs,
    refuse: (name, problem) => refuse(`${name} ${problem}`),
  };
}
