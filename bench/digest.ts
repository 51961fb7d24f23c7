/**
 * Prints SHA-256s of facts: of the first thousand, as lines of JSON without a newline at the end, and
 * of a few far ends of the world.
 */
import { createHash } from "node:crypto";
import { DEFAULT_PROFILE, LAST_INDEX } from "../generators/profile.js";
import { World } from "../generators/world.js";

function digest(world: World, from: number, facts: number): string {
  const lines = Array.from({ length: facts }, (_, index) =>
    JSON.stringify(world.fact(from + index)),
  );
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

const world = new World(42);
const small = new World(LAST_INDEX, { ...DEFAULT_PROFILE, factBytes: 4_000, duplication: 3 });
const large = new World(7, {
  ...DEFAULT_PROFILE,
  factBytes: 1_000_000,
  gameDayMilliseconds: 60_000,
});
const ends = [
  digest(world, LAST_INDEX - 63, 64),
  digest(small, 2 ** 52, 100),
  digest(large, 2 ** 33, 10),
];
console.log(digest(world, 0, 1000), ends.map((hash) => hash.slice(0, 8)).join(" "));
