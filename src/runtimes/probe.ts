import { createHash } from "node:crypto";
import type { Compressor } from "../core/compressor.js";
import { InputError, UnavailableError } from "../core/errors.js";
import { loadCodec, type CodecChoice } from "../plugins/load-codec.js";
import type { Runtime } from "./runtime.js";
import { ask } from "../process/ask.js";
import { describedCodec } from "../contracts/codec/describe.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";
import type { LoadedCodec, PlannableCodec } from "../plugins/known-codec.js";
import { openPayload } from "../payload/payload.js";
import { takePool, type PoolSize } from "../payload/pool.js";
import type { PayloadPlan } from "../payload/payload.js";

/** What is to be found out about a runtime before anything is measured under it. */
export interface ProbeQuestion {
  readonly codecs: readonly CodecChoice[];
  readonly payload: PayloadPlan;
  readonly poolSize: PoolSize;
}

/** What a runtime can do, and what facts it makes. */
export interface ProbeAnswer {
  readonly codecs: readonly LoadedCodec[];
  /** The engines of each compressor there, by its name. */
  readonly engines: Readonly<Record<string, Compressor["engines"]>>;
  /** SHA-256 of the pool's facts as JSON. */
  readonly factsDigest: string;
}

/** Where nothing loads. */
type NoAnswer = Omit<ProbeAnswer, "factsDigest"> & { readonly factsDigest: null };

const PATIENCE_SECONDS = 60;

/** Asks a process of a runtime what loads there. Where it cannot even say that, nothing does. */
export async function probeRuntime(
  runtime: Runtime,
  question: ProbeQuestion,
): Promise<ProbeAnswer | NoAnswer> {
  const asked = await ask<ProbeAnswer>(new URL("./probe-process.js", import.meta.url), question, {
    runtime,
    patienceSeconds: PATIENCE_SECONDS,
  });
  if ("answer" in asked) return asked.answer;
  const unavailable = `${runtime.name} does not run this: ${asked.reason}`;
  return {
    codecs: question.codecs.map(({ codec: name }) => ({ name, unavailable })),
    engines: {},
    factsDigest: null,
  };
}

/** The answer, in a process of the runtime in question. */
export async function answerProbe(question: ProbeQuestion): Promise<ProbeAnswer> {
  const codecs: LoadedCodec[] = [];
  for (const choice of question.codecs) codecs.push(await loadHere(choice));
  const pool = await takePool(await openPayload(question.payload), question.poolSize);
  const hash = createHash("sha256");
  for (const fact of pool.facts) hash.update(JSON.stringify(fact));
  return { codecs, engines: await enginesHere(), factsDigest: hash.digest("hex") };
}

async function enginesHere(): Promise<ProbeAnswer["engines"]> {
  const compressors = pluginNames("compressors").map(
    async (name) => [name, (await loadPlugin("compressors", name)).engines] as const,
  );
  return Object.fromEntries(await Promise.all(compressors));
}

/** A user's own codec, which loads in the runtime that was asked to compare, may not load in this one. */
async function loadHere(choice: CodecChoice): Promise<LoadedCodec> {
  return orUnavailable(choice, loadCodec(choice)).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    return { name: choice.codec, unavailable: error.message };
  });
}

/** What there is to know of a codec to plan with; one that does not load takes only itself away. */
export function describeChosen(choice: CodecChoice): Promise<LoadedCodec> {
  return orUnavailable(choice, describedCodec(choice));
}

async function orUnavailable(
  { codec: name }: CodecChoice,
  found: Promise<PlannableCodec>,
): Promise<LoadedCodec> {
  try {
    return { name, codec: await found };
  } catch (error) {
    if (error instanceof UnavailableError) return { name, unavailable: error.message };
    throw error;
  }
}
