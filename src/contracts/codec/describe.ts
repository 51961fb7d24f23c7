import { InputError } from "../../core/errors.js";
import type { PlannableCodec } from "../../plugins/known-codec.js";
import { loadCodec, type CodecChoice } from "../../plugins/load-codec.js";
import { askOnce } from "../../process/client.js";
import { errorOf } from "../../process/failure.js";
import { LIMITS } from "../limits.js";

/** A codec that a file exports, as far as it is known without opening it. */
export interface ExportedCodec {
  readonly exportName: string;
  readonly codec: PlannableCodec;
}

/**
 * The codecs that a file of somebody else exports, its default export first. The file is loaded in a process of
 * its own, never in this one: it may end the process that loads it, or hang.
 *
 * Rejects with an `InputError` that says how it does not load.
 */
export async function exportedCodecs(file: string): Promise<readonly ExportedCodec[]> {
  const asked = await askOnce<readonly ExportedCodec[]>(
    new URL("./describe-process.js", import.meta.url),
    file,
    LIMITS,
  );
  if ("answer" in asked) return asked.answer;
  if (asked.failure !== undefined) throw errorOf(asked.failure);
  throw new InputError(`${file} does not load: ${asked.reason}`);
}

/** What is known of a codec without opening it. Rejects as `loadCodec` does. */
export async function describedCodec(choice: CodecChoice): Promise<PlannableCodec> {
  if (choice.codecFile === undefined) return loadCodec(choice);
  const found = await exportedCodecs(choice.codecFile);
  const codec = found.find(({ exportName }) => exportName === "default")?.codec;
  if (codec === undefined) {
    throw new InputError(`${choice.codecFile} has no codec as its default export.`);
  }
  return codec;
}
