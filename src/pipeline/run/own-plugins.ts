/** A codec and a compressor of a user's own: what a run remembers of them, and that they are the same again. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { firstLine, InputError } from "../../core/errors.js";
import type { CodecChoice } from "../../plugins/load-codec.js";
import { compressorName, type NamedCompressor } from "../../plugins/load-compressor.js";
import type { RunPlan } from "./plan.js";

/** What the command line names to read a run with, or to go on with it. */
export type OwnPlugins = Partial<CodecChoice> & Partial<NamedCompressor>;

/** SHA-256 of a file, in hexadecimal. Throws an `InputError` if it cannot be read. */
export function fileSha256(path: string): string {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
}

/**
 * Finds out whether a run can be read, or gone on with, by what the command line names. Returns in a line how
 * that is another codec or compressor than the run's, or `undefined`.
 *
 * Throws an `InputError` that says what to pass, where that is not what was.
 */
export function otherPlugins(folder: string, plan: RunPlan, given: OwnPlugins): string | undefined {
  const codec = otherPlugin(folder, {
    ...{ kind: "codec", option: "--codec", name: plan.codec, sha256: plan.codecSha256 },
    ...{ given: given.codec, file: given.codecFile },
  });
  const { compressor } = given;
  const other = otherPlugin(folder, {
    ...{ kind: "compressor", option: "--compress", sha256: plan.compressorSha256 },
    name: compressorName(plan.compressor),
    ...{ given: compressor && compressorName(compressor), file: given.compressorFile },
  });
  return codec ?? other;
}

interface Remembered {
  readonly kind: string;
  readonly option: string;
  readonly name: string;
  /** Not there for one of this tool's; `null` where an earlier version did not say. */
  readonly sha256: string | null | undefined;
  /** What was named on the command line, and its file. */
  readonly given: string | undefined;
  readonly file: string | undefined;
}

function otherPlugin(
  folder: string,
  { kind, option, name, sha256: expected, given, file }: Remembered,
): string | undefined {
  if (expected === undefined) {
    if (given === undefined || (file === undefined && given === name)) return undefined;
    throw new InputError(`${folder} was written by ${name}, which is here: leave out ${option}.`);
  }
  const known = expected === null ? "" : ` whose SHA-256 is ${expected}`;
  if (file === undefined || given !== name) {
    throw new InputError(
      `${folder} was written by a ${kind} of your own, ${name}: give ${option} FILE, the file${known}.`,
    );
  }
  const found = fileSha256(file);
  if (expected === null || found === expected) return undefined;
  return `${file} is not the file that ${folder} was written by: its SHA-256 is ${found}, and was ${expected}.`;
}
