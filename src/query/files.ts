/** Files that are no parts of a run. */
import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { inputSource, openInput, type Input } from "../sources/input.js";
import type { Place } from "./place.js";
import type { Relation } from "./relation.js";

/** What is taken from standard input, which has to be copied to be read. */
const STDIN_BYTES = 64e9;
/** A line that is longer is taken to be one of many: facts have a few hundred kilobytes. */
const HEAD_BYTES = 1 << 20;

/**
 * The facts of a file, of a pattern, or of standard input (`-`): NDJSON, gzipped or not, JSON, CSV,
 * Parquet. Rejects with an `InputError` where there is no such file.
 */
export async function fileRelations(word: string): Promise<Place> {
  const input = await openInput([word], { bytes: STDIN_BYTES });
  const all: Input["files"] = input.files;
  const relations: Relation[] = [];
  const lines: Record<"none" | "gzip", string[]> = { none: [], gzip: [] };
  const documents: Input["files"][number][] = [];
  for (const file of all) {
    const form = file.format === "json" ? jsonForm(file.path) : file.format;
    if (form === "none" || form === "gzip") lines[form].push(file.path);
    else if (form === "document") documents.push(file);
    else if (form === "csv") relations.push({ kind: "csv", files: [file.path] });
    else relations.push({ kind: "parquet", files: [file.path], isOurs: false });
  }
  for (const compression of ["none", "gzip"] as const) {
    const files = lines[compression];
    if (files.length > 0) relations.push({ kind: "ndjson", files, compression });
  }
  if (documents.length > 0) {
    const source = inputSource({ name: word, files: documents });
    relations.push({ kind: "facts", name: word, count: null, read: () => source.facts() });
  }
  const json = all.filter(({ format }) => format === "json");
  const sampled = inputSource({ name: word, files: json });
  return { relations, sample: json.length === 0 ? undefined : () => sampled.facts() };
}

/**
 * Whether a file has a fact on each line, as DuckDB reads it, or is what only this tool reads: one document of many
 * lines, or what begins with a byte order mark; a missing one is neither.
 */
function jsonForm(path: string): "none" | "gzip" | "document" {
  const head = headOf(path);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const form = isGzip ? "gzip" : "none";
  const text = (isGzip ? inflatedHead(head) : head).toString("utf8");
  if (text.startsWith("\ufeff")) return "document";
  const lines = text.trimStart();
  const end = lines.indexOf("\n");
  if (end === -1) return lines.startsWith("{") && lines.length > HEAD_BYTES / 2 ? form : "document";
  try {
    const first: unknown = JSON.parse(lines.slice(0, end));
    return typeof first === "object" && first !== null && !Array.isArray(first) ? form : "document";
  } catch {
    return "document";
  }
}

/** So much gzip inflates to some megabytes, and to 16 MB at the most. */
const PACKED_HEAD_BYTES = 1 << 14;

/** What the beginning of gzip holds; nothing of what is damaged: whoever reads it says why. */
function inflatedHead(head: Buffer): Buffer {
  try {
    const packed = head.subarray(0, PACKED_HEAD_BYTES);
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

function headOf(path: string): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  try {
    const descriptor = openSync(path, "r");
    try {
      return bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return bytes.subarray(0, 0); // whoever reads it says why
  }
}
