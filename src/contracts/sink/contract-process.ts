/** The process in which the file that `--sink` names is looked at: a store, or a sink that is put to the test. */
import type { SinkPlugin } from "../../core/sink.js";
import { importPlugin } from "../../plugins/import-module.js";
import { nameOfFile } from "../../plugins/own-file.js";
import { serve } from "../../process/serve.js";
import type { OwnQuestion, Tried } from "../try-own.js";
import { sinkBreach } from "./contract.js";
import type { PlaceKind } from "./own-sink.js";

serve(async ({ file, rest = "" }: OwnQuestion): Promise<Tried<PlaceKind>> => {
  const plugin = await importPlugin<SinkPlugin>(file, "sink or store");
  if ("methods" in plugin) return { described: "store" };
  const problem = await sinkBreach({ plugin, name: nameOfFile(file), place: rest });
  return problem === undefined ? { described: "sink" } : { problem: `${file}: ${problem}.` };
});
