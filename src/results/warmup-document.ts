/** What `hellfact warmup` found: how codecs begin, process by process, and what that comes to. */
import type { EnvironmentFingerprint, ResultDocument } from "./document.js";

export const WARMUP_FORMAT = "hellfact-warmup";
export const WARMUP_VERSION = 1;

/** Facts done one after the other, and what they took. */
export interface WatchedBlock {
  readonly facts: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** What a fixed piece of native work took right after: how fast the machine was. */
  readonly rulerSeconds: number;
}

/** One process from its start. */
export interface WatchedProcess {
  readonly round: number;
  /** Processor time until the tool's own code ran, and what loading and opening the codec took. */
  readonly startCpuSeconds: number;
  readonly loadCpuSeconds: number;
  readonly prewarmCpuSeconds: number;
  readonly blocks: readonly WatchedBlock[];
}

/** What several processes that did the same come to. Seconds are processor time. */
export interface WarmupFigures {
  readonly kind: "flat" | "warm-up" | "slow-down" | "none";
  /** Processes whose own series is of that kind, and all. */
  readonly agreeing: number;
  readonly processes: number;
  /** From here on it is steady; `null` where it never was. */
  readonly steadyAfterFacts: number | null;
  readonly steadyAfterSeconds: number | null;
  readonly steadySecondsPerFact: number;
  /** Before the first fact: starting, loading, warming up on purpose. */
  readonly startSeconds: number;
  /** What the facts before the steady state took beyond what they take in it. */
  readonly coldPenaltySeconds: number;
  readonly coldPenaltyFacts: number;
  /** Cumulated from the first fact: facts, and the seconds that they took. */
  readonly curve: readonly (readonly [facts: number, seconds: number])[];
  /** A process that does so many facts and ends: facts per second with its start, and the share lost. */
  readonly jobs: readonly {
    readonly facts: number;
    readonly factsPerCpuSecond: number;
    readonly lostShare: number;
  }[];
}

export interface WarmupScenario {
  readonly codec: string;
  readonly compressor: string;
  readonly direction: "write" | "read";
  readonly runtime?: string;
  readonly status: "ok" | "failed" | "unavailable" | "unsupported";
  readonly reason: string | null;
  readonly figures: WarmupFigures | null;
  readonly watched: readonly WatchedProcess[];
}

/** One that starts dearer and ends cheaper: from so many facts on it has cost less. */
export interface Crossover {
  readonly winner: string;
  readonly loser: string;
  readonly facts: number;
  /** The least and the most over the rounds. */
  readonly low: number;
  readonly high: number;
}

export interface WarmupDocument {
  readonly format: typeof WARMUP_FORMAT;
  readonly version: typeof WARMUP_VERSION;
  readonly createdAt: string;
  readonly complete: boolean;
  readonly warnings: readonly string[];
  readonly environment: EnvironmentFingerprint;
  readonly payload: ResultDocument["payload"];
  readonly scenarios: readonly WarmupScenario[];
  readonly crossovers: readonly Crossover[];
}

/** How a scenario is called in sentences and charts. */
export function warmupName({ codec, runtime }: Pick<WarmupScenario, "codec" | "runtime">): string {
  return runtime === undefined ? codec : `${codec} ${runtime}`;
}
