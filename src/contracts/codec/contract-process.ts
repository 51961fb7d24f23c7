/** The process in which a user's codec is put to the test: takes a file, tells what is wrong. */
import { basename } from "node:path";
import type { Codec } from "../../core/codec.js";
import { firstLine } from "../../core/errors.js";
import { loadPlugin } from "../../plugins/catalog.js";
import { importModule } from "../../plugins/import-module.js";
import { serve } from "../../process/serve.js";
import { contractBreach } from "./contract.js";
import { whyNoCodec } from "./shape.js";

export type ContractOutcome = { readonly name: string } | { readonly problem: string };

serve(async (file: string): Promise<ContractOutcome> => {
  const exported = await importModule(file);
  const name = basename(file).replace(/\.[cm]?[jt]s$/, "");
  try {
    const problem = await problemOf(exported, name);
    return problem === undefined ? { name } : { problem: `${file}: ${problem}.` };
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
