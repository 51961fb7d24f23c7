/** The process in which a user's store is put to the test, where it will be loaded into. */
import type { Store } from "../../core/store.js";
import { importPlugin } from "../../plugins/import-module.js";
import { nameOfFile } from "../../plugins/own-file.js";
import { serve } from "../../process/serve.js";
import type { OwnQuestion, Tried } from "../try-own.js";
import { storeBreach } from "./contract.js";

serve(async ({ file, rest = "" }: OwnQuestion): Promise<Tried<null>> => {
  const store = await importPlugin<Store>(file, "store");
  const problem = await storeBreach({ store, name: nameOfFile(file), url: rest });
  return problem === undefined ? { described: null } : { problem: `${file}: ${problem}.` };
});
