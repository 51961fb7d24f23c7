import { storeChoice, type StoreChoice } from "../../plugins/load-store.js";
import { ownFile } from "../../plugins/own-file.js";
import { refuseTaken, tryOwn } from "../try-own.js";

/**
 * The store that a user names, to load into: one of this tool's by its URL, or a file of one with a place
 * (`./mine.ts:PLACE`), which must keep the contract there. That is tried in a process of its own, which may die
 * or hang.
 *
 * Rejects with an `InputError` that says in one line what is wrong.
 */
export async function checkedStore(text: string): Promise<StoreChoice> {
  const own = ownFile(text);
  if (own !== undefined) {
    refuseTaken("stores", "store", own.file);
    await tryOwn(new URL("./contract-process.js", import.meta.url), own.file, own.rest);
  }
  return storeChoice(text);
}
