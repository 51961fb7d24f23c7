/** What is asked of `hellfact run`, and which facts that means. */
import { resolve } from "node:path";
import type { CompressionUnit } from "../../core/compressor.js";
import { InputError } from "../../core/errors.js";
import type { Sync } from "../../core/sink.js";
import type { JsonEngine } from "../../pipeline/json-engine.js";
import type { Delays } from "../../pipeline/injection.js";
import type { SourcePlan } from "../../pipeline/run/plan.js";
import { isCodecFile } from "../../plugins/load-codec.js";
import { ownFile } from "../../plugins/own-file.js";
import { unlikeLines } from "../../sources/input.js";
import { inputFile } from "../../sources/line-range.js";
import type { CredentialOptions } from "../../terminal/cluster-options.js";
import type { SinkChoice } from "../../terminal/conditions.js";
import type { KeyOptions } from "../../terminal/input-options.js";
import type { CommonOptions } from "../../terminal/options.js";
import {
  refuseWorldOptions,
  worldProfile,
  type WorldOptions,
} from "../../terminal/world-options.js";
import { eventsAsked, isStreamUrl, type FactsAsked } from "./from-stream.js";
import type { GzipEngine } from "./gzip-engine.js";

export interface RunOptions extends CommonOptions, WorldOptions, KeyOptions, CredentialOptions {
  readonly codec: string;
  readonly compress: string;
  readonly gzipEngine?: GzipEngine;
  readonly jsonEngine?: JsonEngine;
  readonly input?: string;
  readonly schema?: string;
  readonly from: number;
  readonly facts?: number;
  readonly duration?: number;
  readonly rate?: number;
  readonly workers?: number;
  readonly roll: { readonly bytes: number } | { readonly seconds: number };
  readonly sink?: SinkChoice;
  readonly inject: Delays;
  readonly verdict: boolean;
  readonly unit: CompressionUnit;
  readonly sync: Sync;
  readonly onError: "stop" | "skip";
  readonly resume?: string;
  readonly check: boolean;
  readonly allowBombs: boolean;
  readonly summarise: readonly string[];
  readonly cluster?: string;
  readonly lease: number;
  readonly replicas?: number;
  readonly consumer?: string;
}

/** What ends a run of generated facts that nothing else ends. */
export const DEFAULT_SECONDS = 30;
export const STDIN = "-";
/** Which facts are asked for, and how long it may take. Throws as `beginRun` does. */
export async function factsAsked(options: RunOptions): Promise<FactsAsked> {
  const { input, facts, from } = options;
  if (input !== undefined) {
    refuseWorldOptions(options, `--input ${input}`);
    if (from !== 0) throw new InputError("--from is for generated facts: leave it out.");
    if (isStreamUrl(input)) return eventsAsked(input, options);
  }
  const isEndless = input === undefined && facts === undefined;
  const durationSeconds = options.duration ?? (isEndless ? DEFAULT_SECONDS : null);
  return { ...(await sourceOf(options)), durationSeconds };
}

/** Where facts come from, and which of them are asked for. */
async function sourceOf(
  options: RunOptions,
): Promise<{ source: SourcePlan; start: number; end: number | null }> {
  const { input, seed, from, facts } = options;
  // What is counted in facts or ended by time has one reader; so has what code of one's own looks at.
  const isShared =
    facts === undefined &&
    options.duration === undefined &&
    "bytes" in options.roll &&
    !(input === STDIN && (isCodecFile(options.codec) || ownFile(options.compress) !== undefined));
  const kind = isShared ? "pipe" : "stream";
  const bombs = options.allowBombs ? { allowBombs: true } : {};
  if (input === undefined) {
    const profile = await worldProfile(options);
    if (facts !== undefined && facts > Number.MAX_SAFE_INTEGER - from) {
      throw new InputError(
        `--from ${from} and --facts ${facts} go past the last fact. Take fewer.`,
      );
    }
    const end = facts === undefined ? null : from + facts;
    return { source: { kind: "generator", seed, profile }, start: from, end };
  }
  if (input === STDIN) {
    const source = { kind, path: input, bytes: null, ...bombs } as const;
    return { source, start: 0, end: facts ?? null };
  }
  const unlike = unlikeLines(input);
  if (unlike !== undefined) {
    throw new InputError(
      `${input} is ${unlike}, and a run reads one JSON object a line: hellfact query "FROM facts" ${input} --output facts.ndjson makes that.`,
    );
  }
  const path = resolve(input);
  const { bytes, inRanges } = inputFile(path);
  // Lines can only be counted from the start.
  return inRanges && facts === undefined
    ? { source: { kind: "lines", path, bytes }, start: 0, end: bytes }
    : { source: { kind, path, bytes, ...bombs }, start: 0, end: facts ?? null };
}
