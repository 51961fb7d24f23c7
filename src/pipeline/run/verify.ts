import { uncountedFiles } from "./folder.js";
import type { RunEnd } from "./run-end.js";
import { readLocalManifest, readManifest, type Manifest } from "./manifest.js";
import { otherPlugins, type OwnPlugins } from "./own-plugins.js";
import { checkParts } from "./places/part-check.js";
import type { RunPlace } from "./places/run-place.js";
import type { PartEntry } from "./plan.js";
import { gaps } from "./ranges.js";

export interface VerifyReport {
  readonly folder: string;
  readonly parts: number;
  readonly facts: number;
  readonly storedBytes: number;
  readonly rejected: number;
  /** Why the run ended; `null` if it did not. */
  readonly ended: RunEnd | null;
  /** How what it was read with is another codec or compressor than it was written with, if it is. */
  readonly otherCodec: string | null;
  /** What is missing or damaged, a line each. Nothing, if the data set is whole. */
  readonly problems: readonly string[];
  /** Files that are there and do not count. */
  readonly uncounted: readonly string[];
}

/**
 * Reads every part of a run back: that it is there, has its bytes, and gives its facts.
 *
 * @param onPart called after each part, with how many of all are done
 * @param own the user's own codec and compressor that the run was written with, if it was
 *
 * Rejects with an `InputError` if the folder holds no run, or it takes a codec or a compressor that is not given, or
 * its parts are somewhere else.
 */
export async function verifyRun(
  folder: string,
  onPart: (done: number, all: number) => void,
  own: OwnPlugins = {},
): Promise<VerifyReport> {
  readLocalManifest(folder);
  return verifyParts(folder, onPart, own, undefined);
}

/** The same of a run whose parts may be somewhere else. */
export async function verifyParts(
  folder: string,
  onPart: (done: number, all: number) => void,
  own: OwnPlugins,
  place: RunPlace | undefined,
): Promise<VerifyReport> {
  const manifest = readManifest(folder);
  const { plan, parts, ended } = manifest;
  const other = otherPlugins(folder, plan, own) ?? null;
  const check = await checkParts({ folder, plan, own, place, reads: true });
  const problems: string[] = [];
  for (const [index, part] of parts.entries()) {
    const problem = await check(part);
    if (problem !== undefined) problems.push(problem);
    onPart(index + 1, parts.length);
  }
  problems.push(...overlaps(parts), ...missing(manifest, folder));
  const sum = (count: (part: PartEntry) => number) =>
    parts.reduce((total, part) => total + count(part), 0);
  return {
    folder,
    parts: parts.length,
    facts: sum(({ facts }) => facts),
    storedBytes: sum(({ storedBytes }) => storedBytes),
    rejected: sum(({ rejected }) => rejected),
    ended,
    otherCodec: other,
    problems,
    uncounted: uncountedFiles(folder, parts),
  };
}

function overlaps(parts: readonly PartEntry[]): string[] {
  const sorted = parts.toSorted((a, b) => a.from - b.from);
  return sorted.flatMap((part, index) => {
    const before = sorted[index - 1];
    if (before === undefined || part.from >= before.to) return [];
    return [`${part.file}: it has positions from ${part.from} on, which ${before.file} has too.`];
  });
}

/** What a run still has to do. One that ended because its time was up has nothing to do. */
function missing({ plan, parts, lost, ended, end }: Manifest, folder: string): string[] {
  if (ended === null) return [`the run did not end; hellfact run --resume ${folder} goes on.`];
  if (end === null) {
    return lost.map(
      ({ from, to }) => `positions ${from} to ${to - 1} were lost; --resume makes them.`,
    );
  }
  return gaps(plan.start, end, parts).map(
    ({ from, to }) => `positions ${from} to ${to - 1} are missing from the manifest.`,
  );
}
