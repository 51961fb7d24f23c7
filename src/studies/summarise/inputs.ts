/** What the words of a command line mean: runs, files, standard input, and sketches that were made before. */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { DataError, InputError } from "../../core/errors.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { problemOfFiles } from "../../pipeline/run/folder.js";
import { hasManifest, readLocalManifest } from "../../pipeline/run/manifest.js";
import type { OwnFiles } from "../../pipeline/run/own-files.js";
import { otherPlugins, type OwnPlugins } from "../../pipeline/run/own-plugins.js";
import { schemaOfRun } from "../../pipeline/run/part-facts.js";
import { keptSketch } from "../../pipeline/run/part-sketch.js";
import type { PartEntry, RunPlan } from "../../pipeline/run/plan.js";
import { statsAt } from "../../sources/file-bytes.js";
import { Summary, type Question } from "../../summarise/index.js";
import type { Task } from "./measure/task.js";

const STDIN = "-";
/** How a sketch begins. */
const SKETCH_START = Buffer.from("HFSK");
const HEAD_BYTES = 1 << 20;
/** A file of lines is divided among cores, in stretches of which each is worth a process's while. */
const STRETCH_BYTES = 32e6;

/** The whole parts of a run. */
interface RunInput {
  readonly folder: string;
  readonly plan: RunPlan;
  readonly parts: readonly PartEntry[];
  readonly hasEnded: boolean;
  readonly schema: JsonSchema | undefined;
}

export interface Inputs {
  readonly runs: readonly RunInput[];
  readonly files: readonly { readonly path: string; readonly form: FileForm }[];
  readonly sketches: readonly { readonly path: string; readonly summary: Summary }[];
}

/** NDJSON, plain or gzipped; standard input; or another format. */
type FileForm = "lines" | "gzip-lines" | "stream" | "document";

/**
 * Looks what there is. Of a run only those parts count that its manifest has. Rejects with an `InputError` for
 * what is not there, or no input.
 */
export async function openInputs(words: readonly string[], own: OwnPlugins = {}): Promise<Inputs> {
  const runs: RunInput[] = [];
  const files: { path: string; form: FileForm }[] = [];
  const sketches: { path: string; summary: Summary }[] = [];
  const seen = new Set<string>();
  for (const word of words) {
    if (seen.has(word)) continue;
    seen.add(word);
    if (word === STDIN) {
      if (words.length > 1) {
        throw new InputError("standard input (-) can only be read alone: leave out the others.");
      }
      files.push({ path: STDIN, form: "stream" });
    } else if (statsAt(word)?.isDirectory() === true) {
      runs.push(await openRun(word, own));
    } else {
      const { openInput } = await import("../../sources/input.js");
      for (const { path, format } of (await openInput([word], { bytes: 0 })).files) {
        if (headOf(path, SKETCH_START.length).equals(SKETCH_START)) {
          sketches.push({ path, summary: sketchIn(path) });
        } else files.push({ path, form: format === "json" ? formOf(path) : "document" });
      }
    }
  }
  return { runs, files, sketches };
}

async function openRun(folder: string, own: OwnPlugins): Promise<RunInput> {
  if (!hasManifest(folder)) {
    throw new InputError(
      `${folder} holds no run: there is no manifest.ndjson in it. Give a run's folder, or files ('${folder}/*.ndjson').`,
    );
  }
  const { plan, parts, ended } = readLocalManifest(folder);
  const other = otherPlugins(folder, plan, own);
  if (other !== undefined) throw new InputError(other);
  for (const part of parts) {
    const problem = problemOfFiles(folder, part);
    if (problem !== undefined) {
      throw new InputError(`${problem} hellfact run --resume ${folder} makes it anew.`);
    }
  }
  return { folder, plan, parts, hasEnded: ended !== null, schema: await schemaOfRun(plan) };
}

/** What is still to be read of some inputs, and what is known of the rest. */
export interface Work {
  readonly tasks: readonly Task[];
  readonly kept: readonly Summary[];
}

/**
 * Divides inputs into tasks, but for parts whose sketches are kept.
 *
 * @param useKept whether sketches beside parts are read, and made
 */
export function workOf(
  { runs, files }: Inputs,
  question: Question,
  { useKept, allowBombs, own }: { useKept: boolean; allowBombs: boolean; own: OwnFiles },
): Work {
  const kept: Summary[] = [];
  const tasks: Task[] = [];
  for (const { folder, plan, parts } of runs) {
    for (const part of parts) {
      const known = useKept ? keptSketch(folder, question, part) : undefined;
      if (known !== undefined) kept.push(known);
      else tasks.push({ kind: "part", ...{ folder, plan, part, own }, keep: useKept });
    }
  }
  for (const { path, form } of files) {
    if (form === "lines") tasks.push(...stretchesOf(path));
    else if (form === "document") tasks.push({ kind: "document", path, allowBombs });
    else tasks.push({ kind: "stream", path, allowBombs });
  }
  return { tasks, kept };
}

function stretchesOf(path: string): Task[] {
  const bytes = statsAt(path)?.size ?? 0;
  const count = Math.max(1, Math.round(bytes / STRETCH_BYTES));
  return Array.from({ length: count }, (_, number) => ({
    kind: "lines",
    path,
    from: Math.floor((bytes * number) / count),
    to: number === count - 1 ? Infinity : Math.floor((bytes * (number + 1)) / count),
  }));
}

function sketchIn(path: string): Summary {
  try {
    return Summary.fromBytes(readFileSync(path));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new InputError(`${path}: ${error.message}.`);
  }
}

/** Whether a file has a fact on each line, or is one document of many lines. */
function formOf(path: string): FileForm {
  const head = headOf(path, HEAD_BYTES);
  // Of gzip only its first line would tell, and a document of many lines is seldom gzipped.
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip-lines";
  const text = head.toString("utf8").trimStart();
  const end = text.indexOf("\n");
  if (end === -1) return text.startsWith("{") && head.length === HEAD_BYTES ? "lines" : "document";
  try {
    const first: unknown = JSON.parse(text.slice(0, end));
    return typeof first === "object" && !Array.isArray(first) ? "lines" : "document";
  } catch {
    return "document";
  }
}

/** Nothing for what cannot be read: whoever reads it says why. */
function headOf(path: string, bytes: number): Buffer {
  try {
    const descriptor = openSync(path, "r");
    try {
      const head = Buffer.alloc(bytes);
      return head.subarray(0, readSync(descriptor, head, 0, bytes, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return Buffer.alloc(0);
  }
}
