/**
 * How codecs begin: several fresh processes of each are watched from their first fact on (`first-facts.ts`),
 * by turns. `warmup-figures.ts` finds where they become steady and what the facts before that cost;
 * `break-evens.ts` from how many facts on one has cost less than another.
 */
import { join } from "node:path";
import { dataFileName } from "../../../pipeline/data-file.js";
import { NO_DELAYS } from "../../../pipeline/injection.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";
import { nameOf } from "../../../contracts/compressor/own-compressor.js";
import type { Profile } from "../../../../generators/profile.js";
import type { CodecChoice } from "../../../plugins/load-codec.js";
import type { WarmupScenario, WatchedProcess } from "../document.js";
import type { Runtime } from "../../../runtimes/runtime.js";
import { NOT_SLOWED } from "../../../sinks/slowed.js";
import { seededUniform, shuffled } from "../../../stats/random.js";
import { ask } from "../../../process/ask.js";
import type { WatchOutcome, WatchPlan } from "./first-facts.js";
import { choosePayload } from "../../../payload/payload-choice.js";
import type { PoolSize } from "../../../payload/pool.js";
import { describeChosen } from "../../../runtimes/probe.js";
import { spawnTrial } from "../../../trial/spawn-trial.js";
import { atUsualSpeed } from "./usual-speed.js";
import { figuresOf } from "./warmup-figures.js";

export interface WarmupOptions {
  readonly codecs: readonly CodecChoice[];
  readonly compressor: CompressorChoice;
  readonly direction: "write" | "read";
  /** Empty for the one that runs this. */
  readonly runtimes: readonly Runtime[];
  readonly seed: number;
  readonly profile: Profile;
  readonly input: string | null;
  readonly processes: number;
  /** Each process ends after so many facts, if that is said, or so much processor time. */
  readonly facts: number | null;
  readonly cpuSeconds: number;
  readonly prewarmSeconds: number;
}

export interface WarmupHooks {
  readonly signal: AbortSignal;
  /** Told before each process. */
  readonly onProcess: (codec: string, round: number, done: number) => void;
}

export interface Watched {
  readonly scenarios: WarmupScenario[];
  readonly sourceName: string;
  readonly poolSize: PoolSize;
}

/** Beside what it watches, a process starts, makes its facts and ends. */
const SPARE_SECONDS = 60;

interface State {
  readonly scenario: Pick<WarmupScenario, "codec" | "compressor" | "direction" | "runtime">;
  readonly runtime: Runtime | undefined;
  readonly plan: WatchPlan;
  readonly watched: WatchedProcess[];
  problem: Pick<WarmupScenario, "status" | "reason"> | undefined;
}

/**
 * Watches fresh processes from their start, for every codec under every runtime, in rounds of a new
 * order each. What goes wrong with one leaves the others.
 *
 * Rejects with an `InputError` if a name or the input is wrong.
 *
 * @param runFolder where files to read are put; it must exist
 */
export async function watchWarmups(
  options: WarmupOptions,
  runFolder: string,
  { signal, onProcess }: WarmupHooks,
): Promise<Watched> {
  const { payload, sourceName, pool } = await choosePayload({
    ...options,
    input: options.input === null ? null : [options.input],
    schema: null,
    facts: null,
  });
  const { size: poolSize } = pool;
  const states: State[] = [];
  for (const codec of options.codecs) {
    const file =
      options.direction === "write"
        ? { file: null, problem: undefined }
        : await fileToRead(codec, options, { payload, poolSize }, runFolder, signal);
    for (const runtime of options.runtimes.length === 0 ? [undefined] : options.runtimes) {
      states.push(stateOf(codec, runtime, file, options, { payload, poolSize }));
    }
  }
  const uniform = seededUniform(options.seed);
  let done = 0;
  for (let round = 1; round <= options.processes && !signal.aborted; round++) {
    for (const state of shuffled(states, uniform)) {
      onProcess(state.scenario.codec, round, done / (options.processes * states.length));
      if (state.problem === undefined && !signal.aborted) await watchOne(state, round, signal);
      done += 1;
    }
  }
  const even = atUsualSpeed(states.map(({ scenario, watched }) => ({ ...scenario, watched })));
  const scenarios = states.map((state, index) => scenarioOf(state, even[index] ?? []));
  return { scenarios, sourceName, poolSize };
}

type Facts = Pick<WatchPlan, "payload" | "poolSize">;
type FileOrProblem = { readonly file: string | null; readonly problem: State["problem"] };

function stateOf(
  choice: CodecChoice,
  runtime: Runtime | undefined,
  { file, problem }: FileOrProblem,
  { codecs, compressor, direction, facts, cpuSeconds, prewarmSeconds }: WarmupOptions,
  common: Facts,
): State {
  const { codec } = choice;
  const sharedWith = codecs.filter(
    (other) => other.codec !== codec && runtime?.sharedWith?.includes(other.codec),
  );
  return {
    scenario: {
      codec,
      compressor: compressor.text,
      direction,
      ...(runtime && { runtime: runtime.name }),
    },
    runtime,
    plan: {
      ...{ ...choice, ...nameOf(compressor), file, ...common },
      ...{ facts, cpuSeconds, prewarmSeconds, sharedWith },
    },
    watched: [],
    problem,
  };
}

/** Lets another process write what is to be read, so that nothing is warm from writing it. */
async function fileToRead(
  own: CodecChoice,
  { compressor }: WarmupOptions,
  { payload, poolSize }: Facts,
  runFolder: string,
  signal: AbortSignal,
): Promise<FileOrProblem> {
  const { codec: name, codecFile } = own;
  const loaded = await describeChosen(own);
  if ("unavailable" in loaded) {
    return { file: null, problem: { status: "unavailable", reason: loaded.unavailable } };
  }
  const writer = loaded.codec.writtenBy ?? name;
  const { fileExtension } = loaded.codec;
  const file = join(runFolder, dataFileName({ name: writer, fileExtension }, compressor, "batch"));
  const outcome = await spawnTrial(
    {
      codecFiles: codecFile === undefined ? {} : { [name]: codecFile },
      ...(compressor.file !== undefined && {
        compressorFiles: { [compressor.compressor.name]: compressor.file },
      }),
      ...{ payload, poolSize, file, fields: [], slowing: NOT_SLOWED, delays: NO_DELAYS },
      ...{ study: "none", allowanceSeconds: 1, verifiedDigest: null, prepareOnly: true },
      scenario: {
        ...{ codec: writer, compressor: compressor.text, engine: null, direction: "write" },
        ...{ sink: "file", sync: "none" },
      },
    },
    signal,
  );
  const reason = "reason" in outcome ? `nothing to read: ${outcome.reason}` : null;
  return { file, problem: reason === null ? undefined : { status: "failed", reason } };
}

async function watchOne(state: State, round: number, signal: AbortSignal): Promise<void> {
  const { plan, runtime } = state;
  const asked = await ask<WatchOutcome>(
    new URL("./first-facts-process.js", import.meta.url),
    plan,
    {
      runtime,
      signal,
      patienceSeconds: 10 * (plan.cpuSeconds + plan.prewarmSeconds) + SPARE_SECONDS,
    },
  );
  if (signal.aborted) return;
  if ("reason" in asked) state.problem = { status: "failed", reason: asked.reason };
  else if (asked.answer.status === "ok") state.watched.push({ round, ...asked.answer.watched });
  else state.problem = asked.answer;
}

/** @param even the same processes, at the machine's usual speed */
function scenarioOf(
  { scenario, watched, problem }: State,
  even: readonly WatchedProcess[],
): WarmupScenario {
  const nothing = { status: "failed", reason: "stopped before its first process" } as const;
  if (problem !== undefined || watched.length === 0) {
    return { ...scenario, ...(problem ?? nothing), figures: null, watched: [] };
  }
  return { ...scenario, status: "ok", reason: null, figures: figuresOf(even), watched };
}
