import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Real documents that may lie beside the project; tests that need them skip where they do not. */
const FOLDER = resolve(import.meta.dirname, "../../../shared/data");

/** Real JSON documents, by file name. */
export const realDocuments: readonly string[] = listing("real");

/** Parser cases: `y_` must be accepted, `n_` must be refused, `i_` may be either. */
export const parserCases: readonly string[] = listing("JSONTestSuite/test_parsing");

function listing(folder: string): string[] {
  if (!existsSync(join(FOLDER, folder))) return [];
  return readdirSync(join(FOLDER, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(FOLDER, folder, name));
}
