import { firstLine, InputError } from "../../../core/errors.js";
import { environmentFingerprint, usableCores } from "../../../machine/environment.js";
import type { GateDocument } from "../document.js";
import { begun } from "../../../results/document-type.js";
import { matchCodecs, openVariant, type Matched } from "./variants/open.js";
import { judge } from "../decide/judge.js";
import { describedPlace } from "./described-place.js";
import type { GateDirection, Way } from "./plan.js";
import { planCells, type GatePayload } from "./prepare.js";
import type { GateRun } from "./gate-run.js";
import { runGate } from "./run-gate.js";

/** What a user asks a gate for. */
export interface GateRequest {
  readonly baseline: string;
  readonly candidate: string;
  /** `undefined` for all that both variants have. */
  readonly codecs: readonly string[] | undefined;
  readonly directions: readonly GateDirection[];
  readonly payloads: readonly GatePayload[];
  readonly seed: number;
  readonly budgetSeconds: number | undefined;
  readonly allowChangedBytes: boolean;
  /** In which way pairs are made; `auto` for the quieter one. */
  readonly way: Way | "auto";
  readonly command: readonly string[];
}

export interface GateHooks extends Pick<GateRun, "signal" | "onPair" | "onWays"> {
  /** Called with what is going on before there are pairs, and with what is left out. */
  readonly onNote: (text: string) => void;
}

/** What a cell may take where the user does not say: six minutes for one, two more for each other. */
const FIRST_CELL_SECONDS = 360;
const OTHER_CELL_SECONDS = 120;

/**
 * Compares two variants, and says everything that was found. Rejects with an `InputError` where there is
 * nothing right to compare, and if it was interrupted before every cell had a pair.
 */
export async function compareVariants(
  request: GateRequest,
  hooks: GateHooks,
): Promise<GateDocument> {
  hooks.onNote(`getting the baseline ready: ${request.baseline}`);
  const baseline = await openVariant(request.baseline);
  try {
    hooks.onNote(`getting the candidate ready: ${request.candidate}`);
    const candidate = await openVariant(request.candidate);
    try {
      const matched = await usable(
        matchCodecs(baseline, candidate, request.codecs),
        request,
        hooks,
      );
      return await compareCodecs(request, matched, hooks);
    } finally {
      await candidate.dispose();
    }
  } finally {
    await baseline.dispose();
  }
}

/** Leaves out codecs that nobody named and that do not load here. */
async function usable(
  matched: readonly Matched[],
  { codecs }: GateRequest,
  { onNote }: GateHooks,
): Promise<Matched[]> {
  if (codecs !== undefined || matched.length === 1) return [...matched];
  const loaded: Matched[] = [];
  for (const one of matched) {
    try {
      await describedPlace(one.places.candidate);
      loaded.push(one);
    } catch (error) {
      onNote(`${one.codec} is left out: ${firstLine(error)}`);
    }
  }
  return loaded;
}

/** Compares codecs whose places are known. */
export async function compareCodecs(
  request: GateRequest,
  matched: readonly Matched[],
  hooks: GateHooks,
): Promise<GateDocument> {
  const { directions, payloads, seed, allowChangedBytes, way } = request;
  const cells = await planCells(matched, directions, payloads);
  if (cells.length === 0)
    throw new InputError(`none of the codecs can ${directions.join(" or ")}.`);
  const cores = usableCores();
  const budgetSeconds =
    request.budgetSeconds ?? FIRST_CELL_SECONDS + OTHER_CELL_SECONDS * (cells.length - 1);
  const startedAt = performance.now();
  const createdAt = new Date().toISOString();
  const { pairs, ways } = await runGate({
    ...hooks,
    ...{ cells, seed, budgetSeconds, cores, allowChangedBytes, way },
  });
  const missing = cells.find((_, index) => !pairs.some(({ cell }) => cell === index));
  if (missing !== undefined) {
    throw new InputError(`${missing.name}: there was no time for a single pair. Raise --budget.`);
  }
  const names = cells.map(({ name, codec, direction, payload }) => ({
    name,
    codec,
    direction,
    payload,
  }));
  return {
    ...begun("gate", 2, createdAt),
    complete: !hooks.signal.aborted,
    environment: environmentFingerprint([]),
    command: [...request.command],
    gate: {
      baseline: request.baseline,
      candidate: request.candidate,
      seed,
      seconds: (performance.now() - startedAt) / 1000,
      ways,
      ...judge(names, pairs, cores, seed),
      pairs,
    },
  };
}
