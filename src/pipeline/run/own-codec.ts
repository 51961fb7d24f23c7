/** A codec of a user's own: what a run remembers of it, and that it is the same again. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { firstLine, InputError } from "../../core/errors.js";
import type { CodecChoice } from "../../plugins/load-codec.js";
import type { RunPlan } from "./plan.js";

/** SHA-256 of a file, in hexadecimal. Throws an `InputError` if it cannot be read. */
export function fileSha256(path: string): string {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
}

/** The codec of a plan. What file it is in, if it is a user's own, is not for the plan to say. */
export function codecOf({ codec }: RunPlan, codecFile: string | undefined): CodecChoice {
  return codecFile === undefined ? { codec } : { codec, codecFile };
}

/**
 * Finds out whether a run can be read, or gone on with, by the codec that the command line names.
 * Returns in a line how that is another one than the run's, or `undefined`.
 *
 * Throws an `InputError` that says which codec to pass, where that is not the one that was.
 */
export function otherCodec(
  folder: string,
  plan: RunPlan,
  given: CodecChoice | undefined,
): string | undefined {
  const { codec, codecSha256: expected } = plan;
  const ofItsOwn = given?.codecFile;
  if (expected === undefined) {
    if (given === undefined || (ofItsOwn === undefined && given.codec === codec)) return undefined;
    throw new InputError(`${folder} was written by ${codec}, which is here: leave out --codec.`);
  }
  const known = expected === null ? "" : ` whose SHA-256 is ${expected}`;
  if (ofItsOwn === undefined || given?.codec !== codec) {
    throw new InputError(
      `${folder} was written by a codec of your own, ${codec}: give --codec FILE, the file${known}.`,
    );
  }
  const found = fileSha256(ofItsOwn);
  if (expected === null || found === expected) return undefined;
  return `${ofItsOwn} is not the file that ${folder} was written by: its SHA-256 is ${found}, and was ${expected}.`;
}
