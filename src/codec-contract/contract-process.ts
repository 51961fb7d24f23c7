/** The process in which a user's codec is put to the test: takes a file, tells what is wrong. */
import { basename } from "node:path";
import { loadPlugin } from "../plugins/catalog.js";
import { importCodec } from "../plugins/load-codec.js";
import { serve } from "../process/serve.js";
import { contractBreach } from "./contract.js";

export type ContractOutcome = { readonly name: string } | { readonly problem: string };

serve(async (file: string): Promise<ContractOutcome> => {
  const codec = await importCodec(file);
  const name = basename(file).replace(/\.[cm]?[jt]s$/, "");
  // Whatever stands there by mistake is found by the contract.
  const { writtenBy } = codec;
  const writer = typeof writtenBy === "string" ? await loadPlugin("codecs", writtenBy) : codec;
  const problem = contractBreach({ codec, writer, name });
  return problem === undefined ? { name } : { problem: `${file}: ${problem}.` };
});
