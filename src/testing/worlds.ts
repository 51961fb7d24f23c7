/** Worlds that generators are tested in. */
import fc from "fast-check";
import { DEFAULT_PROFILE, type Profile } from "../../generators/profile.js";
import { World } from "../../generators/world.js";

export const anySeed = fc.maxSafeNat();
export const anyIndex = fc.maxSafeNat();
export const world = new World(42);
export const thousand = Array.from({ length: 1000 }, (_, index) => world.fact(index));

/** The default world but for some fields. */
export function worldWith(seed: number, fields: Partial<Profile>): World {
  return new World(seed, { ...DEFAULT_PROFILE, ...fields });
}

export function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
