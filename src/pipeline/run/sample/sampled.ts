import { InputError } from "../../../core/errors.js";
import { askOnce } from "../../../process/client.js";
import { errorOf } from "../../../process/failure.js";
import { takeSample, type Sample, type Sampled } from "./sample.js";

/** The first facts of a run may be megabytes of an input whose schema is inferred, too. */
const LIMITS = { patienceSeconds: 120, maxMegabytes: 2048 };

/** What the first facts of a run tell; with plugins of somebody else, by a process that may die or hang. */
export async function sampled(request: Sampled, end: number): Promise<Sample> {
  const own = request.codecFile ?? request.compressorFile;
  if (own === undefined) return takeSample(request, end);
  const script = new URL("./sample-process.js", import.meta.url);
  const asked = await askOnce<Sample>(script, { request, end }, LIMITS);
  if ("answer" in asked) return asked.answer;
  if (asked.failure !== undefined) throw errorOf(asked.failure);
  throw new InputError(`${own}: ${asked.reason}.`);
}
