import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { OpenCodec } from "../../core/codec.js";
import { DataError, firstLine } from "../../core/errors.js";
import { FileReader, readSidecarFile } from "../data-file.js";
import { factsIn } from "../fact-reader.js";
import { openCodec, type Parts } from "../parts.js";
import { problemOfFiles, uncountedFiles } from "./folder.js";
import type { RunEnd } from "./run-end.js";
import { readManifest, type Manifest } from "./manifest.js";
import { schemaOfRun } from "./part-facts.js";
import type { OwnFiles } from "./own-files.js";
import { otherPlugins, partsOf, type OwnPlugins } from "./own-plugins.js";
import type { PartEntry, RunPlan } from "./plan.js";
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
 * Rejects with an `InputError` if the folder holds no run, or it takes a codec or a compressor that is not given.
 */
export async function verifyRun(
  folder: string,
  onPart: (done: number, all: number) => void,
  own: OwnPlugins = {},
): Promise<VerifyReport> {
  const manifest = readManifest(folder);
  const { plan, parts, ended } = manifest;
  const other = otherPlugins(folder, plan, own) ?? null;
  const reader = await PartReader.open(folder, plan, own);
  const problems: string[] = [];
  for (const [index, part] of parts.entries()) {
    const problem = reader.problemOf(part);
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

/** Reads parts back, one after the other. */
export class PartReader {
  private readonly files = new FileReader();
  private readonly codecs = new Map<string | null, OpenCodec>();

  private constructor(
    private readonly folder: string,
    private readonly parts: Parts,
    private readonly schema: Awaited<ReturnType<typeof schemaOfRun>>,
  ) {}

  static async open(folder: string, plan: RunPlan, own: OwnFiles): Promise<PartReader> {
    return new PartReader(folder, await partsOf(plan, own), await schemaOfRun(plan));
  }

  /** What is wrong with a part, or `undefined`. */
  problemOf(part: PartEntry): string | undefined {
    const problem = problemOfFiles(this.folder, part);
    if (problem !== undefined) return problem;
    const path = join(this.folder, part.file);
    let facts = 0;
    try {
      const bytes = this.files.read(path);
      const sum = crc32(bytes).toString(16).padStart(8, "0");
      if (sum !== part.crc32) return `${path}: its CRC-32 is ${sum}, and should be ${part.crc32}.`;
      for (const _ of factsIn(bytes, this.parts, this.codecFor(part.sidecar))) facts += 1;
    } catch (error) {
      const where = error instanceof DataError ? "" : `fact ${facts} of it cannot be decoded: `;
      return `${path}: ${where}${firstLine(error)}.`;
    }
    if (facts === part.facts) return undefined;
    return `${path}: it has ${facts} facts, and should have ${part.facts}.`;
  }

  private codecFor(sidecar: string | null): OpenCodec {
    const known = this.codecs.get(sidecar);
    if (known !== undefined) return known;
    const bytes = sidecar === null ? undefined : readSidecarFile(join(this.folder, sidecar));
    const opened = openCodec(this.parts.codec, this.schema, bytes);
    this.codecs.set(sidecar, opened);
    return opened;
  }
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
