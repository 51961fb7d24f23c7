/**
 * The manifest of a run: a line of JSON with the plan, one for each whole part in the order in which
 * they were finished, and one that says that the run ended; then perhaps of parts that were lost and made
 * again. A line that is not whole does not count.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { firstLine, InputError } from "../../core/errors.js";
import { writeWhole, writingProblem } from "../../sinks/file.js";
import {
  headLine,
  MANIFEST_FORMAT,
  MANIFEST_VERSION,
  manifestLine,
  type ManifestLine,
  type WrittenPlan,
} from "./manifest-lines.js";
import type { PartEntry, Range, RunPlan } from "./plan.js";
import { gaps } from "./ranges.js";
import type { RunEnd } from "./run-end.js";

export const MANIFEST_FILE = "manifest.ndjson";

export interface Manifest {
  readonly plan: RunPlan;
  readonly parts: readonly PartEntry[];
  /** Ranges whose parts were found missing or damaged, and are not made again yet. */
  readonly lost: readonly Range[];
  /** `null` while parts are still to come. */
  readonly ended: RunEnd | null;
  /** The position up to which parts should be there; `null` where nobody knows. */
  readonly end: number | null;
  /** How long it took to come so far, in seconds. */
  readonly seconds: number;
}

export function manifestPath(folder: string): string {
  return join(folder, MANIFEST_FILE);
}

export function hasManifest(folder: string): boolean {
  return existsSync(manifestPath(folder));
}

/**
 * Reads the manifest of a run whose parts are files of its folder. Throws as `readManifest` does, and where they are
 * somewhere else.
 */
export function readLocalManifest(folder: string): Manifest {
  const manifest = readManifest(folder);
  const { place } = manifest.plan;
  if (place === undefined) return manifest;
  throw new InputError(
    `${folder}: its parts are in ${place}. Get them first: hellfact fetch-parts ${folder} DIR.`,
  );
}

/** Reads a manifest. Throws an `InputError` naming the file, the line and the field if it is none. */
export function readManifest(folder: string): Manifest {
  const path = manifestPath(folder);
  if (!existsSync(path)) {
    throw new InputError(`${folder} holds no run: there is no ${MANIFEST_FILE} in it.`);
  }
  if (!statSync(path).isFile()) throw new InputError(`${path} is not a file, and so no manifest.`);
  const [first, ...rest] = wholeLines(path).map((line, index) => parsedLine(path, line, index + 1));
  const { plan } = headLine(first, `${path} line 1`, path);
  const parts = new Map<number, PartEntry>();
  const lost: Range[] = [];
  let ended: Extract<ManifestLine, { ended: RunEnd }> | undefined;
  let seconds = 0;
  for (const [index, value] of rest.entries()) {
    const line = manifestLine(value, `${path} line ${index + 2}`);
    if ("part" in line) {
      const { part } = line;
      // Time may have been up before the first fact of a part.
      const before = parts.get(part.from);
      if (before !== undefined && before.to > before.from) {
        const { from } = part;
        throw new InputError(`${path} line ${index + 2}: there is a part from ${from} already.`);
      }
      parts.set(part.from, part);
      seconds = Math.max(seconds, line.atSeconds);
    } else if ("lost" in line) {
      parts.delete(line.lost.from);
      lost.push(line.lost);
    } else ended = line;
  }
  const whole = [...parts.values()];
  return {
    plan: planOf(plan),
    parts: whole,
    lost: lost.flatMap(({ from, to }) => gaps(from, to, whole)),
    ended: ended?.ended ?? null,
    end: ended?.end ?? null,
    seconds,
  };
}

/** A plan as this version has it. The path of a user's codec is not taken from a file. */
function planOf({ grain, codecFile, ...plan }: WrittenPlan): RunPlan {
  return {
    ...plan,
    unit: plan.unit ?? grain ?? "batch",
    ...(codecFile !== undefined && plan.codecSha256 === undefined && { codecSha256: null }),
  };
}

/** What has no newline behind it was not finished, and does not count. */
function wholeLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").slice(0, -1);
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
}

function parsedLine(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new InputError(`${path} line ${number}: damaged, it is not JSON.`);
  }
}

/** Adds to the manifest of one run, a whole line at a time. */
export class ManifestWriter {
  private readonly path: string;
  private readonly descriptor: number;
  private length: number;

  /** Starts a manifest, or goes on with the one that is there: an unfinished line is cut off. */
  constructor(
    folder: string,
    private readonly plan: RunPlan,
  ) {
    this.path = manifestPath(folder);
    const head = { format: MANIFEST_FORMAT, version: MANIFEST_VERSION, plan };
    if (!existsSync(this.path)) {
      writeWhole(this.path, Buffer.from(`${JSON.stringify(head)}\n`), plan.sync);
    }
    this.descriptor = openSync(this.path, "r+");
    const bytes = readFileSync(this.path);
    this.length = bytes.lastIndexOf("\n") + 1;
    if (this.length < statSync(this.path).size) ftruncateSync(this.descriptor, this.length);
  }

  addPart(part: PartEntry, atSeconds: number): void {
    this.add({ part, atSeconds });
  }

  /** Says that a part does not count any more. */
  lose({ from, to }: Range): void {
    this.add({ lost: { from, to } });
  }

  /** Says that no more parts will come. */
  end(ended: RunEnd, end: number | null): void {
    this.add({ ended, end });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  /** Throws a `HellfactError`; then the manifest is as it was before. */
  private add(line: ManifestLine): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, this.length + done);
      }
      if (this.plan.sync !== "none") fdatasyncSync(this.descriptor);
      this.length += bytes.length;
    } catch (error) {
      ftruncateSync(this.descriptor, this.length);
      throw writingProblem(this.path, error);
    }
  }
}
