/** The process in which a user's codec is put to the test: takes a file, tells what is wrong. */
import type { Codec } from "../../core/codec.js";
import { firstLine } from "../../core/errors.js";
import { loadPlugin } from "../../plugins/catalog.js";
import { importModule } from "../../plugins/import-module.js";
import { nameOfFile } from "../../plugins/own-file.js";
import { serve } from "../../process/serve.js";
import type { OwnQuestion, Tried } from "../try-own.js";
import { contractBreach } from "./contract.js";
import { whyNoCodec } from "./shape.js";

serve(async ({ file }: OwnQuestion): Promise<Tried<{ readonly name: string }>> => {
  const exported = await importModule(file);
  const name = nameOfFile(file);
  try {
    const problem = await problemOf(exported, name);
    return problem === undefined ? { described: { name } } : { problem: `${file}: ${problem}.` };
  } catch (error) {
    return { problem: `${file}: it throws "${firstLine(error)}" when it is looked at.` };
  }
});

async function problemOf(
  exported: Readonly<Record<string, unknown>>,
  name: string,
): Promise<string | undefined> {
  const { default: value } = exported;
  if (typeof value !== "object" || value === null) return whyNoCodec(exported);
  const codec = value as Codec;
  // Whatever stands there by mistake is found by the contract.
  const { writtenBy } = codec;
  const writer = typeof writtenBy === "string" ? await loadPlugin("codecs", writtenBy) : codec;
  return contractBreach({ codec, writer, name });
}
