import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { firstLine, InputError } from "../../../core/errors.js";
import type { SuiteReport, SuiteVerdict } from "../document.js";
import type { Asked } from "../../../process/asked.js";
import { askAll, type Limits } from "./ask.js";
import type { LedgerOptions } from "./ledger.js";
import { describedPair } from "./described-pair.js";

/** The folder of the cases in a checkout of JSONTestSuite. */
const CASES = "test_parsing";
/** `y_` must be accepted, `n_` must be rejected, `i_` may be either. */
const CASE_NAME = /^[yni]_.*\.json$/;

interface Decoder {
  readonly codec: string;
  readonly ability: "decode" | "validate";
}

/**
 * The files of a parser suite's cases, in a folder or in its `test_parsing`, by name.
 * Throws an `InputError` if there are none.
 */
export function suiteCases(folder: string): string[] {
  const inside = join(folder, CASES);
  const place = existsSync(inside) ? inside : folder;
  let names: string[];
  try {
    names = readdirSync(place).filter((name) => CASE_NAME.test(name));
  } catch (error) {
    throw new InputError(`--suite ${folder} cannot be read: ${firstLine(error)}`);
  }
  if (names.length === 0) {
    throw new InputError(
      `--suite ${folder} has no cases: they are called y_….json, n_….json or i_….json.`,
    );
  }
  return names.toSorted().map((name) => join(place, name));
}

/** Gives every case of a suite to every decoder of JSON among the codecs, and says what it did. */
export async function runSuite(
  files: readonly string[],
  codecs: readonly string[],
  { signal, onCodec, limitSeconds }: LedgerOptions,
): Promise<SuiteReport> {
  const limits: Limits = { questionSeconds: limitSeconds, taskSeconds: limitSeconds * 5 };
  const found = await decodersOf(codecs);
  const decoders: SuiteReport["decoders"][number][] = [];
  for (const [index, { codec, ability }] of found.entries()) {
    const name = ability === "decode" ? codec : `${codec} ${ability}`;
    onCodec(name, index / found.length);
    const task = { kind: "suite", codec, ability, files } as const;
    const replies = await askAll(task, files.length, limits, signal);
    if (signal.aborted) break;
    decoders.push({ name, verdicts: replies.map(verdictOf) });
  }
  return {
    node: process.versions.node,
    cases: files.map((file) => basename(file, ".json")),
    decoders,
  };
}

/** What reads JSON by code of its own: decoding, and validating where a codec can do that. */
async function decodersOf(names: readonly string[]): Promise<Decoder[]> {
  const decoders: Decoder[] = [];
  for (const name of names) {
    const codec = (await describedPair(name).catch(() => undefined))?.codec;
    if (codec?.format !== "json") continue;
    if (codec.abilities.includes("decode") && codec.decodesAs === undefined) {
      decoders.push({ codec: name, ability: "decode" });
    }
    if (codec.abilities.includes("validate")) decoders.push({ codec: name, ability: "validate" });
  }
  if (decoders.length === 0) {
    throw new InputError(`of ${names.join(", ")}, none reads JSON here; try --codec json.`);
  }
  return decoders;
}

function verdictOf(reply: Asked<SuiteVerdict>): SuiteVerdict {
  return "answer" in reply ? reply.answer : { verdict: "crashed", detail: reply.reason };
}
