/**
 * The manifest of a run: a line of JSON with the plan, one for each whole part in the order in which
 * they were finished, and one that says that the run ended. A line that is not whole does not count.
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
import { InputError } from "../../core/errors.js";
import { writeWhole, writingProblem } from "../../sinks/file.js";
import type { PartEntry, RunPlan } from "./plan.js";

const MANIFEST_FILE = "manifest.ndjson";
const MANIFEST_FORMAT = "hellfact-run";
const MANIFEST_VERSION = 1;

/** Why a run has no more parts to come. */
export type RunEnd = "facts" | "duration" | "input";

export interface Manifest {
  readonly plan: RunPlan;
  readonly parts: readonly PartEntry[];
  /** `null` while parts are still to come. */
  readonly ended: RunEnd | null;
  /** The position up to which parts should be there; `null` where nobody knows. */
  readonly end: number | null;
  /** How long it took to come so far, in seconds. */
  readonly seconds: number;
}

interface PartLine {
  readonly part: PartEntry;
  /** What the run, and those it resumes, had taken. */
  readonly atSeconds: number;
}

interface EndLine {
  readonly ended: RunEnd;
  /** The position up to which there are parts without a gap; `null` if time was up. */
  readonly end: number | null;
}

function manifestPath(folder: string): string {
  return join(folder, MANIFEST_FILE);
}

export function hasManifest(folder: string): boolean {
  return existsSync(manifestPath(folder));
}

/** Reads a manifest. Throws an `InputError` naming the file and line if it is none. */
export function readManifest(folder: string): Manifest {
  const path = manifestPath(folder);
  if (!existsSync(path)) {
    throw new InputError(`${folder} holds no run: there is no ${MANIFEST_FILE} in it.`);
  }
  const [head, ...rest] = wholeLines(readFileSync(path, "utf8")).map((line, index) =>
    parsedLine(path, line, index + 1),
  );
  const { format, version, plan } = (head ?? {}) as {
    format?: string;
    version?: number;
    /** Earlier runs call the unit a grain, or say nothing of it: it was the batch. */
    plan?: Omit<RunPlan, "unit"> & Partial<Pick<RunPlan, "unit">> & { grain?: RunPlan["unit"] };
  };
  if (format !== MANIFEST_FORMAT || plan === undefined) {
    throw new InputError(`${path} line 1: not the manifest of a run.`);
  }
  if (version !== MANIFEST_VERSION) {
    throw new InputError(
      `${path} has version ${String(version)}; this hellfact reads version ${MANIFEST_VERSION}.`,
    );
  }
  const { grain, ...planned } = plan;
  const lines = rest as (PartLine | EndLine)[];
  const end = lines.find((line) => "ended" in line);
  return {
    plan: { ...planned, unit: planned.unit ?? grain ?? "batch" },
    parts: lines.flatMap((line) => ("part" in line ? [line.part] : [])),
    ended: end?.ended ?? null,
    end: end?.end ?? null,
    seconds: Math.max(0, ...lines.map((line) => ("part" in line ? line.atSeconds : 0))),
  };
}

function wholeLines(text: string): string[] {
  return text.split("\n").slice(0, -1);
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

  /** Says that no more parts will come. */
  end(ended: RunEnd, end: number | null): void {
    this.add({ ended, end });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  /** Throws a `HellfactError`; then the manifest is as it was before. */
  private add(line: PartLine | EndLine): void {
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
