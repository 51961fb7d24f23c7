import { existsSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { binaryIn, FAMILIES, type Family } from "./families.js";
import { satisfies } from "./wanted.js";

/** A runtime in the cache. */
export interface Cached {
  readonly family: Family;
  readonly version: string;
  readonly folder: string;
  readonly binary: string;
}

/** Where a run's output folder keeps runtimes. */
export function cacheFolder(out: string): string {
  return resolve(out, "runtimes");
}

/** The runtimes in a cache, the newest of each family first. */
export function cachedRuntimes(cache: string): Cached[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .flatMap((name): Cached[] => {
      const [, prefix, version = ""] = /^([a-z]+)@(\d+\.\d+\.\d+)$/.exec(name) ?? [];
      const family = FAMILIES.find((known) => known === prefix);
      if (family === undefined) return [];
      const folder = join(cache, name);
      const binary = join(folder, binaryIn(family));
      return existsSync(binary) ? [{ family, version, folder, binary }] : [];
    })
    .toSorted(
      (a, b) =>
        FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) ||
        compareVersions(b.version, a.version),
    );
}

/** The newest cached runtime of a family whose version begins as asked. */
export function findCached(cache: string, family: Family, version: string): Cached | undefined {
  return cachedRuntimes(cache).find(
    (cached) => cached.family === family && satisfies(cached.version, version),
  );
}

/** Takes a runtime out of the cache. */
export function removeCached({ folder }: Cached): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Bytes of all files in a cached runtime's folder. */
export function cachedBytes({ folder }: Cached): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => lstatSync(join(folder, name), { throwIfNoEntry: false }))
    .reduce((sum, stats) => sum + (stats?.isFile() === true ? stats.size : 0), 0);
}

/** Orders versions of three numbers; below zero where `a` is older. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  const differs = left?.findIndex((part, index) => part !== right?.[index]) ?? -1;
  return differs === -1 ? 0 : (left?.[differs] ?? 0) - (right?.[differs] ?? 0);
}
