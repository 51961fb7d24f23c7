import { LIMITS } from "../../contracts/limits.js";
import { InputError } from "../../core/errors.js";
import { endForReader } from "../../core/reader-left.js";
import type { Written } from "../../pipeline/write-facts.js";
import { askOnce } from "../../process/client.js";
import { errorOf } from "../../process/failure.js";
import type { Generated, GenerateJob } from "./job.js";

/** What the process tells meanwhile. While it writes, it may have to wait for a reader. */
export type GenerateNews =
  | { readonly kind: "progress"; readonly written: Written }
  | { readonly kind: "writing" }
  | { readonly kind: "written" };

export type GenerateReply =
  | { readonly kind: "generated"; readonly generated: Generated | undefined }
  | { readonly kind: "reader left" };

/**
 * Does a job in a process of its own, which may die or hang: for codecs and compressors of somebody else. Resolves to `undefined`
 * if it was interrupted. Rejects with an `InputError` where one ends its process or does not come back.
 *
 * @param descriptor of the open file that bytes go to
 */
export async function generateInChild(
  job: GenerateJob,
  descriptor: number,
  onProgress: (written: Written) => void,
  signal: AbortSignal,
): Promise<Generated | undefined> {
  const asked = await askOnce<GenerateReply>(
    new URL("./generate-process.js", import.meta.url),
    job,
    {
      ...LIMITS,
      signal,
      output: descriptor,
      patienceAfter: (news) =>
        (news as GenerateNews).kind === "writing" ? null : LIMITS.patienceSeconds,
      onNews: (told) => {
        const news = told as GenerateNews;
        if (news.kind === "progress") onProgress(news.written);
      },
    },
  );
  if ("answer" in asked) {
    return asked.answer.kind === "generated" ? asked.answer.generated : endForReader();
  }
  if (signal.aborted) return undefined;
  if (asked.failure !== undefined) throw errorOf(asked.failure);
  const { choice, compressor } = job;
  const own = choice.codecFile ?? compressor.compressorFile ?? choice.codec;
  throw new InputError(`${own}: ${asked.reason}.`);
}
