/** What is asked of facts, however they are kept, and what is right. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Fact } from "../../../core/fact.js";
import { valueAt } from "../../../core/fact.js";
import { seededUniform } from "../../../stats/random.js";

/** A country, the mean level of its players, and how many facts that is of. */
export type Average = readonly [country: string, level: number, facts: number];

export interface Questions {
  /** Facts by their ids: the id of each one's session. */
  readonly byId: readonly { readonly id: string; readonly session: string }[];
  /** Levels from the first to the last, and how many facts have a player of such. */
  readonly ranges: readonly {
    readonly low: number;
    readonly high: number;
    readonly facts: number;
  }[];
  readonly averages: readonly Average[];
}

const MOST_IDS = 200;
const RANGES = 20;
const RANGE_LEVELS = 4;
const SEED = 21;

/** Finds out what is right, by reading a file of facts line by line. */
export async function questionsAbout(file: string): Promise<Questions> {
  const sessions: { id: string; session: string }[] = [];
  const levels: number[] = [];
  const countries = new Map<string, { sum: number; facts: number }>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const fact = JSON.parse(line) as Fact;
    const level = Number(valueAt(fact, ["player", "level"]));
    const country = String(valueAt(fact, ["player", "country"]));
    sessions.push({
      id: String(fact["factId"]),
      session: String(valueAt(fact, ["session", "id"])),
    });
    levels.push(level);
    const known = countries.get(country) ?? { sum: 0, facts: 0 };
    countries.set(country, { sum: known.sum + level, facts: known.facts + 1 });
  }
  const uniform = seededUniform(SEED);
  const any = <T>(all: readonly T[]) => all[Math.floor(uniform() * all.length)] as T;
  return {
    byId: Array.from({ length: Math.min(MOST_IDS, sessions.length) }, () => any(sessions)),
    ranges: Array.from({ length: RANGES }, () => {
      const low = any(levels);
      const high = low + RANGE_LEVELS;
      return { low, high, facts: levels.filter((level) => level >= low && level <= high).length };
    }),
    averages: sortedAverages(
      [...countries].map(([country, { sum, facts }]) => [country, sum / facts, facts]),
    ),
  };
}

/** In one order, whatever order the answer has. */
function sortedAverages(averages: readonly Average[]): Average[] {
  return averages.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether averages are the same but for how they were added up. */
export function areSame(found: readonly Average[], right: readonly Average[]): boolean {
  return (
    found.length === right.length &&
    sortedAverages(found).every(([country, level, facts], index) => {
      const [wanted, wantedLevel = NaN, wantedFacts] = right[index] ?? [];
      return country === wanted && facts === wantedFacts && Math.abs(level - wantedLevel) < 1e-6;
    })
  );
}
