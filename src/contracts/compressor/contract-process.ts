/** The process in which a user's compressor is put to the test: takes a file, tells what it is or what is wrong. */
import type { Compressor, DescribedCompressor } from "../../core/compressor.js";
import { importPlugin } from "../../plugins/import-module.js";
import { nameOfFile } from "../../plugins/own-file.js";
import { serve } from "../../process/serve.js";
import type { OwnQuestion, Tried } from "../try-own.js";
import { compressorBreach } from "./contract.js";

serve(async ({ file }: OwnQuestion): Promise<Tried<DescribedCompressor>> => {
  const compressor = await importPlugin<Compressor>(file, "compressor");
  const problem = await compressorBreach(compressor, nameOfFile(file));
  if (problem !== undefined) return { problem: `${file}: ${problem}.` };
  const { name, fileSuffix, levels, engines, npmPackage, streams } = compressor;
  return { described: { name, fileSuffix, levels, engines, npmPackage, streams } };
});
