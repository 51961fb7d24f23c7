/** Brings the parts of a run from where they are into a folder, which is a run's folder like any other then. */
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { crc32 } from "node:zlib";
import { HellfactError, InputError } from "../../../core/errors.js";
import type { Credentials } from "../../../core/transport.js";
import { writeWhole } from "../../../sinks/file.js";
import { makeFolder } from "../../../sinks/folder.js";
import { filePieces } from "../../data-file.js";
import { hasManifest, MANIFEST_FILE, manifestPath, readManifest } from "../manifest.js";
import type { PartEntry } from "../plan.js";
import { isObjectUrl, openObjects, openRunPlace } from "./open.js";
import { runName } from "./run-name.js";

export interface FetchOptions {
  /** The folder of a run, or the URL of an object store that has one. */
  readonly from: string;
  readonly folder: string;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  readonly onPart: (done: number, all: number) => void;
}

export interface Fetched {
  readonly address: string;
  readonly parts: number;
  readonly facts: number;
  readonly storedBytes: number;
  /** Whether the run has ended, and all of it is here; or it was interrupted. */
  readonly isWhole: boolean;
  readonly interrupted: boolean;
}

/** Rejects with an `InputError` where there is no such run, and with a `HellfactError` naming a part that is not whole. */
export async function fetchParts(options: FetchOptions): Promise<Fetched> {
  const { from, folder } = options;
  if (!isObjectUrl(from)) return fetchRun(from, options);
  const own = mkdtempSync(join(tmpdir(), "hellfact-fetch-"));
  try {
    const store = await openObjects(from, options.credentials);
    const found = await store.fetch(MANIFEST_FILE, manifestPath(own)).finally(() => store.close());
    if (!found) throw new InputError(`${store.address} holds no run: it has no ${MANIFEST_FILE}.`);
    return await fetchRun(own, { ...options, folder });
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

async function fetchRun(
  manifestFolder: string,
  { folder, credentials, signal, onPart }: FetchOptions,
): Promise<Fetched> {
  const { plan, parts, ended } = readManifest(manifestFolder);
  const place = await openRunPlace(plan, credentials);
  if (place === undefined) {
    throw new InputError(`${manifestFolder} has its parts itself: there is nothing to fetch.`);
  }
  try {
    const fetch = place.fetch;
    if (fetch === undefined) {
      throw new InputError(`${place.address} keeps facts and no files: ask it in SQL.`);
    }
    if (hasManifest(folder) && runName(readManifest(folder).plan) !== runName(plan)) {
      throw new InputError(`${folder} holds another run. Give another folder.`);
    }
    makeFolder(folder);
    for (const [index, part] of parts.entries()) {
      if (signal.aborted) break;
      if (!isHere(folder, part)) await fetchWhole(part, folder, fetch);
      onPart(index + 1, parts.length);
    }
    const interrupted = signal.aborted;
    // Before, it is no run's folder.
    if (!interrupted) writeManifest(manifestFolder, folder, plan.sync);
    const sum = (amount: (part: PartEntry) => number) =>
      parts.reduce((total, part) => total + amount(part), 0);
    return {
      ...{ address: place.address, parts: parts.length, isWhole: ended !== null, interrupted },
      ...{ facts: sum(({ facts }) => facts), storedBytes: sum((part) => part.storedBytes) },
    };
  } finally {
    await place.close();
  }
}

/** Whether an earlier attempt has brought a part. */
function isHere(folder: string, { file, storedBytes, crc32: sum }: PartEntry): boolean {
  const path = join(folder, file);
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size === storedBytes && sumOf(path) === sum;
}

async function fetchWhole(
  part: PartEntry,
  folder: string,
  fetch: (part: PartEntry, folder: string) => Promise<void>,
): Promise<void> {
  const aside = mkdtempSync(join(folder, ".fetching-"));
  try {
    await fetch(part, aside);
    const sum = sumOf(join(aside, part.file));
    if (sum !== part.crc32) {
      throw new HellfactError(`${part.file}: its CRC-32 is ${sum}, and should be ${part.crc32}.`);
    }
    // The part last: once it is there, all that belongs to it is.
    for (const name of [part.sidecar, part.rejects, part.file]) {
      if (name !== null) renameSync(join(aside, name), join(folder, name));
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function sumOf(path: string): string {
  let sum = 0;
  for (const piece of filePieces(path)) sum = crc32(piece, sum);
  return sum.toString(16).padStart(8, "0");
}

function writeManifest(from: string, folder: string, sync: "none" | "close" | "batch"): void {
  const [first = "", ...rest] = readFileSync(manifestPath(from), "utf8").split("\n");
  const head = JSON.parse(first) as { plan: Record<string, unknown> };
  const { place: _, ...plan } = head.plan;
  const line = JSON.stringify({ ...head, plan: { ...plan, folder: resolve(folder) } });
  writeWhole(manifestPath(folder), Buffer.from([line, ...rest].join("\n")), sync);
}
