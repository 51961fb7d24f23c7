import { join } from "node:path";
import type { Sync } from "../../core/sink.js";
import { writeWhole } from "../../sinks/file.js";
import { ownFiles, type OwnFiles } from "./own-files.js";
import { fileSha256 } from "./own-plugins.js";
import type { RunPlan } from "./plan.js";
import type { RunRequest } from "./request.js";
import { sampled } from "./sample/sampled.js";
import type { Sample } from "./sample/sample.js";

/** So many parts keep many workers busy to the end; as long as they do not get small. */
const MANY_PARTS = 48;
const SMALL_PART_BYTES = 4_000_000;
/** Ranges of endless facts that are cut by time: longer than any worker comes. */
const LONGEST_RANGE = 1e9;
/** More than any source has: no fact begins here. */
const FAR_AWAY = Number.MAX_SAFE_INTEGER;

/**
 * Decides what the parts of a run will be, by a sample of its first facts: how long a part is, and what
 * the codec learns beforehand. The same request gives the same parts on
 * any machine, for any number of workers.
 *
 * @param makeFolder called when everything is known to be right: makes the folder of the parts, and
 * returns it; `null` for nowhere
 *
 * Rejects with an `InputError` if a name or the beginning of the input is wrong.
 */
export async function prepareRun(
  request: RunRequest,
  makeFolder: () => string | null,
): Promise<RunPlan> {
  const { source, start, sync, roll, durationSeconds, onError, codec, compressor, unit } = request;
  const end = request.end ?? FAR_AWAY;
  const { schema, hint, sidecar, bytesPerPosition, deterministic, compressedBy } = await sampled(
    request,
    end,
  );
  const folder = makeFolder();
  return {
    ...{ source, codec, compressor, unit, sync, folder, start, end, durationSeconds, onError },
    ...(request.codecFile !== undefined && { codecSha256: fileSha256(request.codecFile) }),
    ...(request.compressorFile !== undefined && {
      compressorSha256: fileSha256(request.compressorFile),
    }),
    ...(compressedBy !== undefined && { compressorEngine: compressedBy }),
    ...(schema !== undefined && { schema }),
    ...(hint !== undefined && { hint }),
    ...(request.summarise !== undefined && { summarise: request.summarise }),
    ...(!deterministic && { deterministic }),
    ...partSize(request, end, bytesPerPosition),
    mostPartSeconds: "seconds" in roll ? roll.seconds : null,
    bytesPerPosition,
    sidecar: saveSidecar(folder, sidecar, sync),
  };
}

/** Puts what the codec learned into the folder of a run. Returns the name of the file, if there is one. */
function saveSidecar(folder: string | null, sidecar: Sample["sidecar"], sync: Sync): string | null {
  if (sidecar === undefined || folder === null) return null;
  const name = `codec.${sidecar.extension}`;
  writeWhole(join(folder, name), sidecar.bytes, sync);
  return name;
}

/** Makes the file again that has what the codec of a run learned beforehand: the sample is the same. */
export async function remakeSidecar(plan: RunPlan, own: OwnFiles): Promise<void> {
  const { sidecar } = await sampled({ ...plan, ...ownFiles(own) }, plan.end);
  if (sidecar === undefined || plan.folder === null || plan.sidecar === null) return;
  writeWhole(join(plan.folder, plan.sidecar), sidecar.bytes, plan.sync);
}

/** By the facts and by what was asked for alone: how many workers there are makes no difference. */
function partSize(
  { source, start, roll }: RunRequest,
  end: number,
  bytesPerPosition: number | null,
): Pick<RunPlan, "partLength" | "mostPartBytes"> {
  const positions = end - start;
  if ("seconds" in roll || bytesPerPosition === null) {
    // Ranges that are cut where a part is full.
    const mostPartBytes = "bytes" in roll ? roll.bytes : null;
    const partLength = Math.min(Math.ceil(positions / MANY_PARTS), LONGEST_RANGE);
    return { partLength: source.kind === "stream" ? positions : partLength, mostPartBytes };
  }
  const wanted = Math.max(1, Math.round(roll.bytes / bytesPerPosition));
  const partLength = end === FAR_AWAY ? wanted : evened(wanted, positions, bytesPerPosition);
  return { partLength, mostPartBytes: null };
}

/** Parts of the same length, none longer than wanted, and many. */
function evened(wanted: number, positions: number, bytesPerPosition: number): number {
  const many = Math.min(MANY_PARTS, Math.floor((positions * bytesPerPosition) / SMALL_PART_BYTES));
  return Math.max(1, Math.ceil(positions / Math.max(1, Math.ceil(positions / wanted), many)));
}
