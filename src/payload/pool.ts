import type { Fact, Path } from "../core/fact.js";
import type { Source } from "../core/source.js";

/**
 * Distinct facts that a trial passes in order. More of them than a second-level cache holds, so
 * that neither the processor nor a codec sees the same fact again soon.
 */
export interface Pool {
  readonly facts: readonly Fact[];
  readonly size: PoolSize;
}

export interface PoolSize {
  readonly facts: number;
  /** What the facts take as JSON, without line ends. */
  readonly jsonBytes: number;
  /** How often a repetition passes over them, where that is not the rule's own choice. */
  readonly passes?: number;
}

const MIN_POOL_FACTS = 256;
const MIN_POOL_BYTES = 10_000_000;
/** No more than this is taken from a user's file unless a number of facts is asked for. */
export const MAX_POOL_BYTES = 64_000_000;

/**
 * The first facts of a source: as many as were `wanted`, or else enough to outgrow the caches,
 * or else all there are.
 */
export async function collectPool(source: Source, wanted: number | null): Promise<Pool> {
  const facts: Fact[] = [];
  let jsonBytes = 0;
  for await (const fact of source.facts()) {
    facts.push(fact);
    jsonBytes += Buffer.byteLength(JSON.stringify(fact));
    const enough =
      wanted === null
        ? (facts.length >= MIN_POOL_FACTS && jsonBytes >= MIN_POOL_BYTES) ||
          jsonBytes >= MAX_POOL_BYTES
        : facts.length >= wanted;
    if (enough) break;
  }
  return { facts, size: { facts: facts.length, jsonBytes } };
}

/** What is left of the facts where there is no time for all of them. */
const LIGHT_SHARE = 4;

/**
 * The first of a pool's facts, about a quarter by number and by bytes, passed over once in each
 * repetition; `undefined` where the facts are too few or too large for that.
 */
export function lightened({ facts, size }: Pool): Pool | undefined {
  const some = facts.slice(0, Math.ceil(facts.length / LIGHT_SHARE));
  if (some.length < MIN_POOL_FACTS / LIGHT_SHARE || size.jsonBytes < MIN_POOL_BYTES) {
    return undefined;
  }
  const jsonBytes = some.reduce((sum, fact) => sum + Buffer.byteLength(JSON.stringify(fact)), 0);
  return { facts: some, size: { facts: some.length, jsonBytes, passes: 1 } };
}

/** The same facts, passed over a tenth as often in each repetition: what a short budget has time for. */
export function lessOften({ facts, size }: Pool): Pool {
  const passes = Math.ceil(passesPerRepetition({ size }) / 10);
  return { facts, size: { ...size, passes } };
}

/** The first facts of a source again, in a process that was told how many they are. */
export async function takePool(source: Source, size: PoolSize): Promise<Pool> {
  const facts: Fact[] = [];
  for await (const fact of source.facts()) {
    facts.push(fact);
    if (facts.length >= size.facts) break;
  }
  return { facts, size };
}

const ENOUGH_REPETITION_FACTS = 20_000;

/**
 * How often a repetition passes over a pool: once, or as often as makes a file of ten megabytes of JSON or
 * of 20,000 facts, so that opening and syncing files does not outweigh the work on a small input.
 */
export function passesPerRepetition({ size }: Pick<Pool, "size">): number {
  if (size.passes !== undefined) return size.passes;
  const passes = Math.min(MIN_POOL_BYTES / size.jsonBytes, ENOUGH_REPETITION_FACTS / size.facts);
  return Math.max(1, Math.ceil(passes));
}

/** What a pool that is too small for the rules does to the figures, or `undefined`. */
export function poolWarning({ facts, jsonBytes }: PoolSize): string | undefined {
  if (facts >= MIN_POOL_FACTS && jsonBytes >= MIN_POOL_BYTES) return undefined;
  const kilobytes = Math.max(1, Math.round(jsonBytes / 1000));
  return (
    `only ${facts} distinct ${facts === 1 ? "fact" : "facts"}, ${kilobytes} kB: caches hold them, so rates flatter ` +
    `(the rule is ${MIN_POOL_FACTS} facts and ${MIN_POOL_BYTES / 1e6} MB)`
  );
}

/** Up to three single values, spread over a fact, that reading in part can be tried on. */
export function someFields(fact: Fact): Path[] {
  const leaves = [...leafPaths(fact, [])];
  const picks = [0, Math.floor(leaves.length / 2), leaves.length - 1];
  return [...new Set(picks)].map((index) => leaves[index]).filter((path) => path !== undefined);
}

function* leafPaths(value: unknown, path: Path): Iterable<Path> {
  if (typeof value !== "object" || value === null) {
    if (path.length > 0) yield path;
  } else if (Array.isArray(value)) {
    // The first element stands for all: other facts may have fewer.
    if (value.length > 0) yield* leafPaths(value[0], [...path, 0]);
  } else {
    for (const [key, inner] of Object.entries(value)) {
      // Only keys that every notation of paths can say.
      if (/^[A-Za-z_]\w*$/.test(key)) yield* leafPaths(inner, [...path, key]);
    }
  }
}
