/** The process in which a user's codec is put to the test: takes a file, tells what is wrong. */
import { basename } from "node:path";
import { firstLine } from "../core/errors.js";
import { loadPlugin } from "../plugins/catalog.js";
import { importCodec } from "../plugins/load-codec.js";
import { contractBreach } from "./contract.js";

export type ContractOutcome = { readonly name: string } | { readonly problem: string };

process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());
process.once("message", (file: string) => {
  void judge(file)
    .catch((error: unknown): ContractOutcome => ({ problem: firstLine(error) }))
    .then((outcome) => process.send?.(outcome, () => process.exit()));
});

async function judge(file: string): Promise<ContractOutcome> {
  const codec = await importCodec(file);
  const name = basename(file).replace(/\.[cm]?[jt]s$/, "");
  // Whatever stands there by mistake is found by the contract.
  const { writtenBy } = codec;
  const writer = typeof writtenBy === "string" ? await loadPlugin("codecs", writtenBy) : codec;
  const problem = contractBreach({ codec, writer, name });
  return problem === undefined ? { name } : { problem: `${file}: ${problem}.` };
}
